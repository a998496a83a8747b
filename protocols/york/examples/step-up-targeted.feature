Feature: A worker of targeted early help steps up
  First the manager on duty, then MASH with what was discussed and decided. Early help stays open ten working days longer, for a joint visit.

  Background:
    Given Chidi Obi is a child and family support practitioner
    And Marcus Webb is a practice manager
    And Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Sam Okoro is a service manager
    And Farah Lind is the escalation lead of the partnership
    And Priya Nair is a social work team manager
    And Samira Khan is a social worker
    And a family with the children Ada (9) and Bo (14)
    And Chidi Obi is responsible for them, under Marcus Webb
    And on Tuesday 1 December 2026 at 10:00
    And "Step up from targeted early help" begins

  @Y48
  Scenario: The manager on duty decides
    Given everything before "Decide on the step up, as manager on duty" is done
    And "Decide on the step up, as manager on duty" is due on Wednesday 2 December 2026
    And Ruth Lane is asked to do "Decide on the step up, as manager on duty"
    When Ruth Lane records "Accepted. Say how it is to be allocated", because "assessment team 2, today"
    And Chidi Obi records "No. They could not be reached", because "three calls and a visit"
    Then Chidi Obi is asked to do "Check the referral to MASH"

  @Y48
  Scenario: Without the discussion the manager on duty decides nothing
    When Ruth Lane records "Accepted. Say how it is to be allocated", because "I know the family"
    Then it is refused
    And the refusal cites Y48
    And Chidi Obi can put it right

  @Y48
  Scenario: It is on record with whom it was discussed
    Given everything before "Discuss it with the assessment service manager on duty" is done
    When Chidi Obi records "It was discussed", without "the other person's name"
    Then it is refused
    And the refusal cites Y48

  @Y48 @H8
  Scenario: A manager on duty who does not decide is named
    Given everything before "Decide on the step up, as manager on duty" is done
    When on Thursday 3 December 2026 at 09:00
    Then "Decide on the step up, as manager on duty" is overdue
    And Marcus Webb is told that "Decide on the step up, as manager on duty" is late
    And Chidi Obi is responsible for Ada and Bo

  @Y49
  Scenario: The referral carries the discussion and the decision on the allocation
    Given everything before "Check the referral to MASH" is done
    And the field "The discussion with the duty manager, and their decision" is filled in from the decisions of duty manager
    When Chidi Obi records "The referral is complete"
    And Chidi Obi records "Send it"
    Then Ifeoma Eze is responsible for Ada and Bo under "Referral"
    And Ifeoma Eze is asked to do "Decide on the referral"
    And "Decide on the referral" is due on Wednesday 2 December 2026

  @Y49
  Scenario: No referral is sent before the manager on duty has accepted
    Given everything before "Decide on the step up, as manager on duty" is done
    When Chidi Obi records "Send it"
    Then it is refused
    And the refusal cites Y49

  @Y49
  Scenario: Refused: reason and advice are on record, and the family stays with early help
    Given everything before "Decide on the step up, as manager on duty" is done
    And Ruth Lane records "Refused. Say why, and what you advise", because "thresholds are not met; bring it to the next TAC&F"
    When Chidi Obi records "Early help goes on, with the advice"
    Then the transfer has ended
    And Chidi Obi is responsible for Ada and Bo

  @Y49
  Scenario: Refused, and the worker does not agree
    Given everything before "Decide on the step up, as manager on duty" is done
    And Ruth Lane records "Refused. Say why, and what you advise", because "thresholds are not met"
    When Chidi Obi records "I do not agree", because "the third absence this week"
    Then "Say what follows, now that early help goes on" does not apply
    When Marcus Webb records "Settled. It is decided anew, at once" under "Settle the disagreement between the managers", because "read together"
    Then Ruth Lane is asked to do "Decide on the step up, as manager on duty"

  @Y49
  Scenario: MASH raises it at once
    Given everything before "Decide on the referral" is done
    When Ifeoma Eze records "More is needed, at once. Say what", because "a strategy discussion today"
    Then Priya Nair is asked to do "Allocate a social worker"
    And "Answer MASH, who would do less" does not apply

  @Y49
  Scenario: Doing less than the manager on duty has accepted needs both
    Given everything before "Decide on the referral" is done
    When Ifeoma Eze records "Less is needed. The duty manager is asked", because "early help has hardly begun"
    Then "Allocate a social worker" does not apply
    And "Answer MASH, who would do less" is due on Wednesday 2 December 2026
    When Ruth Lane records "I agree. Early help goes on", because "two more weeks"
    And Chidi Obi records "Early help goes on, with the advice"
    Then the transfer has ended

  @Y49
  Scenario: The manager on duty does not agree, and a social worker is allocated
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Less is needed. The duty manager is asked", because "early help has hardly begun"
    When Ruth Lane records "I do not agree. A social worker is allocated", because "the floor stands"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    Then Samira Khan is responsible for Ada and Bo under "Single assessment"

  @Y49 @H8
  Scenario: An answer to MASH that does not come is late
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Less is needed. The duty manager is asked", because "early help has hardly begun"
    When on Thursday 3 December 2026 at 09:00
    Then "Answer MASH, who would do less" is overdue
    And Marcus Webb is told that "Answer MASH, who would do less" is late

  @Y50
  Scenario: Early help stays open ten working days, with a joint visit in them
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    And on Tuesday 8 December 2026 at 15:00
    And Chidi Obi records "The visit was made"
    And on Thursday 17 December 2026 at 09:00
    When Chidi Obi records "End early help; social work goes on"
    Then the outcome for Ada and Bo is social work
    And Samira Khan is responsible for Ada and Bo
    And the transfer has ended

  @Y50
  Scenario: Not before ten working days
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    And Chidi Obi records "The visit was made"
    And on Monday 14 December 2026 at 09:00
    When Chidi Obi records "End early help; social work goes on"
    Then it is refused
    And the refusal cites Y50
    And the refusal says "too early"
    And nothing else stands in the way

  @Y50
  Scenario: Not without the joint visit
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    And on Thursday 17 December 2026 at 09:00
    When Chidi Obi records "End early help; social work goes on"
    Then it is refused
    And the refusal says "Make the joint visit"
    And the refusal cites Y50
    And nothing else stands in the way
    When Chidi Obi asks to go on without "Make the joint visit" as not possible, because "two appointments, nobody opened"
    And Marcus Webb grants the exception to "Make the joint visit", because "tried twice"
    And Chidi Obi records "End early help; social work goes on"
    Then Samira Khan is responsible for Ada and Bo

  @Y50
  Scenario: The ten days yield to the family's no
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    When Chidi Obi records "They have withdrawn their consent", because "mother wants one worker only"
    Then the outcome for Ada and Bo is social work
    And Samira Khan is responsible for Ada and Bo

  @Y50 @H11
  Scenario: The ten days yield to a death, which a second person confirms
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    And Chidi Obi records "The child has died" under "Record that it ends, and nobody chose it" for Ada, because "the hospital rang"
    And "Confirm the ending that nobody chose" for Ada can be done now
    And "Confirm the ending that nobody chose" is due on Thursday 3 December 2026
    When Marcus Webb records "The child has died" under "Confirm the ending that nobody chose" for Ada, because "confirmed with the hospital"
    Then nobody is responsible for Ada any more
    And the outcome for Ada is died
    And Samira Khan is responsible for Bo under "Single assessment"

  @H6
  Scenario: Nobody confirms an ending that they recorded themselves
    Given Marcus Webb records "The family has moved away" under "Record that it ends, and nobody chose it" for Ada and Bo, because "Leeds was told by telephone"
    When Marcus Webb records "The family has moved away" under "Confirm the ending that nobody chose" for Ada, because "as above"
    Then it is refused
    And the refusal cites H6
    And Sam Okoro can put it right

  @H8 @H11
  Scenario: An ending that nobody confirms is late
    Given Chidi Obi records "The child has been adopted" under "Record that it ends, and nobody chose it" for Bo, because "the order was made"
    When on Friday 4 December 2026 at 09:00
    Then "Confirm the ending that nobody chose" is overdue
    And Marcus Webb is told that "Confirm the ending that nobody chose" is late

  @H9
  Scenario: What is not so goes on
    Given Chidi Obi records "The record is wrong" under "Record that it ends, and nobody chose it" for Bo, because "another Bo Hill"
    When Marcus Webb records "It is not so; everything goes on" for Bo, because "it is him after all"
    Then "Confirm the ending that nobody chose" for Bo has to wait
    And Chidi Obi is responsible for Bo
