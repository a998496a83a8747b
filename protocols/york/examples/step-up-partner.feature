Feature: A partner who leads early help steps up
  The lead talks with the family, refers to MASH and hears the decision within a working day. A social worker takes on, and only
  then does early help end. Nobody declines protection, and silence never does.

  Background:
    Given Jo Reid is a lead practitioner
    And Dana Cole is the early help co-ordinator
    And Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Sam Okoro is a service manager
    And Farah Lind is the escalation lead of the partnership
    And Priya Nair is a social work team manager
    And Samira Khan is a social worker
    And Tom Hale is a social worker
    And a family with the children Ada (9) and Bo (14)
    And Jo Reid is responsible for them, under Dana Cole
    And on Tuesday 1 December 2026 at 10:00

  @Y45
  Scenario: It is talked about at a team around the child and family meeting first
    Given "Step up from early help led by a partner" begins
    When Jo Reid records "At a team around the child and family meeting", because "mother, school and health visitor agree that more is needed"
    Then "Talk about it with the family and the key professionals" is done
    And Jo Reid is responsible for Ada and Bo

  @Y45
  Scenario: Without a discussion there is no referral
    Given "Step up from early help led by a partner" begins
    And everything before "Check the referral to MASH" is done, except "Talk about it with the family and the key professionals"
    When Jo Reid records "The referral is complete"
    Then it is refused
    And the refusal says "Talk about it with the family and the key professionals"
    And the refusal cites Y45
    And Jo Reid can put it right
    And nothing else stands in the way

  @Y45
  Scenario: What is immediate skips the discussion and says why
    Given "Step up from early help led by a partner" begins
    When Jo Reid records "Not first. The concern is immediate"
    Then a reason is asked for
    When Jo Reid records "Not first. The concern is immediate", because "the father came back last night"
    And Jo Reid records "No. Waiting would be dangerous", because "he reads her telephone"
    Then "Check the referral to MASH" can be done now

  @Y45
  Scenario: As long as nothing was sent it can be taken back
    Given "Step up from early help led by a partner" begins
    When Jo Reid records "Early help goes on without it", because "the grandmother moves in"
    Then the transfer has ended
    And Jo Reid is responsible for Ada and Bo

  @Y45
  Scenario: What was sent is for MASH to decide
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    When Jo Reid records "Early help goes on without it", because "we changed our mind"
    Then it is refused
    And the refusal cites Y45

  @Y55
  Scenario: The family is told first, and what they say goes with the referral
    Given "Step up from early help led by a partner" begins
    And everything before "Check the referral to MASH" is done, except "Say whether the family knows of the referral"
    When Jo Reid records "Yes. I have talked with them", because "mother is relieved"
    Then "Check the referral to MASH" can be done now

  @Y55
  Scenario Outline: The family is not told where that would harm, and why is on record
    Given "Step up from early help led by a partner" begins
    When Jo Reid records "<not told>", because "<why>"
    Then "Say whether the family knows of the referral" is done

    Examples:
      | not told                                | why                             |
      | No. It would raise the risk to a child  | he would take Bo out of school  |
      | No. They could not be reached           | three calls and a visit         |
      | No. Waiting would be dangerous          | a bruise was seen this morning  |
      | No. The police advised against it       | they arrest him this evening    |

  @Y55
  Scenario: A referral says whether the family knows of it
    Given "Step up from early help led by a partner" begins
    And everything before "Check the referral to MASH" is done, except "Say whether the family knows of the referral"
    When Jo Reid records "The referral is complete"
    Then it is refused
    And the refusal cites Y55
    And nothing else stands in the way
    When Jo Reid records "No. Waiting would be dangerous"
    Then a reason is asked for

  @Y46
  Scenario: The lead refers to MASH, which answers for the referral from then on
    Given "Step up from early help led by a partner" begins
    And everything before "Send the referral to MASH" is done
    And the field "What early help has done so far" is filled in from the early help plan
    When Jo Reid records "Send it"
    Then the form lies in the queue "MASH"
    And Ifeoma Eze is responsible for Ada and Bo under "Referral"
    And Jo Reid is responsible for Ada and Bo under "Early help"
    And the main contact of Ada and Bo is Jo Reid

  @Y46
  Scenario: A referral with nothing in it decides nothing
    Given "Step up from early help led by a partner" begins
    And everything before "Check the referral to MASH" is done
    When Jo Reid records "The referral is complete", without "all parts written"
    Then it is refused
    And the refusal cites Y46
    And nothing else stands in the way

  @Y47
  Scenario: MASH decides within one working day, and the lead hears it
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And "Decide on the referral" is due on Wednesday 2 December 2026 at 17:00
    And Ifeoma Eze is asked to do "Decide on the referral"
    And on Wednesday 2 December 2026 at 16:50
    When Ifeoma Eze records "Early help goes on, with advice", because "the plan is right; try the evening group"
    Then Jo Reid is asked to do "Say what follows, now that early help goes on"
    When Jo Reid records "Early help goes on, with the advice"
    Then the transfer has ended
    And Jo Reid is responsible for Ada and Bo

  @Y47
  Scenario: A referral that comes in after hours starts its clock on the next working day
    Given "Step up from early help led by a partner" begins
    And everything before "Send the referral to MASH" is done
    And on Friday 4 December 2026 at 18:30
    When Jo Reid records "Send it"
    Then "Decide on the referral" is due on Tuesday 8 December 2026 at 17:00

  @Y47
  Scenario: A decision that is late goes to the lead's manager by name
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    When on Thursday 3 December 2026 at 09:00
    Then "Decide on the referral" is overdue
    And Dana Cole is told that "Decide on the referral" is late

  @Y47
  Scenario: Only MASH decides, and says why
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    When Jo Reid records "Social work. An assessment is needed", because "I am sure"
    Then it is refused
    And the refusal cites Y47
    And Ifeoma Eze can put it right
    When Ifeoma Eze records "Social work. An assessment is needed"
    Then a reason is asked for

  @Y47 @Y49
  Scenario: A referral that is decided anew keeps its first clock
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And "Decide on the referral" is due on Wednesday 2 December 2026
    And Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    And on Thursday 3 December 2026 at 10:00
    And Jo Reid records "I do not agree", because "she was seen with a new bruise"
    When Dana Cole records "Settled. It is decided anew, at once" under "Settle the disagreement between the managers", because "both managers read the record again"
    Then "Decide on the referral" is overdue
    And "Decide on the referral" is due on Wednesday 2 December 2026

  @Y47
  Scenario: A family that wants no early help any more is not kept in it
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    When Jo Reid records "The family does not want early help any more", because "mother said so twice"
    Then the transfer has ended
    And "End early help with the family" begins for Ada and Bo
    And Jo Reid is responsible for Ada and Bo

  @Y49 @H10
  Scenario: A manager allocates a social worker, who is responsible from that moment
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    And "Allocate a social worker" is due on Wednesday 2 December 2026
    When Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    Then Samira Khan is responsible for Ada and Bo under "Single assessment"
    And the main contact of Ada and Bo is Samira Khan
    And Jo Reid is responsible for Ada and Bo under "Early help"
    When Jo Reid records "End early help; social work goes on"
    Then the outcome for Ada and Bo is social work
    And Samira Khan is responsible for Ada and Bo
    And the transfer has ended

  @Y49
  Scenario: Early help does not end before a social worker has taken on
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    When Jo Reid records "End early help; social work goes on"
    Then it is refused
    And the refusal cites Y49
    And the refusal says "Allocate a social worker"

  @Y49 @H8
  Scenario: A family for whom nobody is found in time goes up by name
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    When on Thursday 3 December 2026 at 09:00
    Then "Allocate a social worker" is overdue
    And Ifeoma Eze is responsible for Ada and Bo under "Referral"
    And Dana Cole is told that "Allocate a social worker" is late

  @Y49
  Scenario: The new social worker leaves, and the team manager holds the family in the same moment
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    When Samira Khan records "The social worker leaves or is away for long", because "a new post in March"
    Then Priya Nair is responsible for Ada and Bo under "Single assessment"
    When Priya Nair records "Allocate" under "Allocate another social worker", choosing Tom Hale
    Then Tom Hale is responsible for Ada and Bo under "Single assessment"

  @Y49 @H11
  Scenario: One child stays with early help while the other steps up
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    When Ifeoma Eze records "This child stays with early help" for Bo, because "he lives with his grandmother now"
    Then Jo Reid is responsible for Bo
    And the outcome for Bo is early help goes on
    And Ifeoma Eze is responsible for Ada under "Referral"

  @Y51
  Scenario: A family that came back soon returns to the previous social worker, without a new assessment
    Given the records say that a child came back soon after a plan ended
    And "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. It returns to the previous social worker", because "the plan ended in October"
    When Priya Nair records "Allocate the previous social worker", choosing Samira Khan
    Then Samira Khan is responsible for Ada and Bo under "Child in need"

  @Y51
  Scenario: The assessment is not started again for a family that came back soon
    Given the records say that a child came back soon after a plan ended
    And "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    When Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    Then it is refused
    And the refusal cites Y51

  @Y51
  Scenario: Where the previous social worker has left, another of the team takes on, and why is on record
    Given the records say that a child came back soon after a plan ended
    And "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Social work. It returns to the previous social worker", because "the plan ended in October"
    When Priya Nair records "Allocate another social worker, because the previous one is away or has left", choosing Tom Hale
    Then a reason is asked for
    When Priya Nair records "Allocate another social worker, because the previous one is away or has left", choosing Tom Hale, because "Samira Khan left in November"
    Then Tom Hale is responsible for Ada and Bo under "Child in need"

  @Y49
  Scenario: A disagreement goes up by named levels until it is settled
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    When Jo Reid records "I do not agree", because "she was seen with a new bruise"
    Then "Settle the disagreement between the managers" is due on Thursday 3 December 2026
    And "Say what follows, now that early help goes on" does not apply
    When Dana Cole records "Not settled. It goes to a service manager", because "we see it differently"
    Then Sam Okoro is asked to do "Settle the disagreement as service manager"
    When Sam Okoro records "Not settled. It goes to the partnership", because "so do the agencies"
    Then Farah Lind is asked to do "Settle the disagreement for the partnership"
    When Farah Lind records "Settled. It is decided anew, at once" under "Settle the disagreement for the partnership", because "the bruise is new"
    Then Ifeoma Eze is asked to do "Decide on the referral"

  @Y49
  Scenario: A disagreement that nobody settles in time goes up by name
    Given "Step up from early help led by a partner" begins
    And Jo Reid records "I do not agree", because "nobody rings back"
    When on Friday 4 December 2026 at 09:00
    Then "Settle the disagreement between the managers" is overdue
    And Dana Cole is told that "Settle the disagreement between the managers" is late

  @Y49
  Scenario: A disagreement is settled in writing
    Given "Step up from early help led by a partner" begins
    And Jo Reid records "I do not agree", because "nobody rings back"
    When Dana Cole records "Settled. What was decided stands" under "Settle the disagreement between the managers"
    Then a reason is asked for

  @Y45 @H8
  Scenario: A step up that takes too long is seen
    Given "Step up from early help led by a partner" begins
    And "Say whether the family knows of the referral" is due on Friday 15 January 2027
    When on Monday 18 January 2027 at 09:00
    Then "Say whether the family knows of the referral" is overdue
    And Dana Cole is told that "Say whether the family knows of the referral" is late

  @Y45 @H8
  Scenario: A step up has its time as a whole
    Given "Step up from early help led by a partner" begins
    And "Say whether the family knows of the referral" is due on Friday 15 January 2027
    When Jo Reid records "No. They could not be reached", because "three calls and a visit"
    Then "Say whether the family knows of the referral" is done

  @H1
  Scenario: The lead leaves in the middle of a step up, and the co-ordinator holds the family in the same moment
    Given "Step up from early help led by a partner" begins
    When Jo Reid records "They leave or are away for long", because "maternity leave"
    Then Dana Cole is responsible for Ada and Bo
    And "Allocate somebody in their place" can be done now

  @Y52 @H3
  Scenario: Nothing stands before protection, not even an undecided concern
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Jo Reid records "Reported"
    And Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    When Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    Then Samira Khan is responsible for Ada and Bo under "Single assessment"

  @Y52 @H3
  Scenario: No referral ends over an undecided concern
    Given "Step up from early help led by a partner" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    And Jo Reid records "Reported"
    When Jo Reid records "Early help goes on, with the advice"
    Then it is refused
    And the refusal cites H3
    When Ruth Lane records "Social work is needed", because "a bruise"
    And Jo Reid records "Early help goes on, with the advice"
    Then the transfer has ended
