Feature: Targeted early help
  The weekly transfer meeting allocates a child and family support practitioner. Family, social worker and practitioner meet
  within five working days of the completion of the assessment, and everybody around the child is told.

  Background:
    Given Samira Khan is a social worker
    And Priya Nair is a social work team manager
    And Sam Okoro is a service manager
    And Dana Cole is the early help co-ordinator
    And Marcus Webb is a practice manager
    And Jo Reid is a lead practitioner
    And Mina Shah is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And Ellen Frost is a child and family support practitioner
    And Ruth Lane is a duty manager
    And a family with the children Ada (9) and Bo (14)
    And Samira Khan is responsible for them, under Priya Nair
    And "Authorise the single assessment" was done by Priya Nair on Tuesday 1 December 2026 at 09:30
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins
    And Samira Khan records "Targeted early help", because "they need regular visits at home"

  @Y21
  Scenario: The request goes on the next weekly transfer meeting by itself
    Given everything before "Ask the weekly transfer meeting for a support practitioner" is done
    When Samira Khan records "Put it on the next meeting"
    Then it goes on the next "Weekly transfer meeting"
    And "Decide on the request at the weekly transfer meeting" is due on Tuesday 8 December 2026
    And Marcus Webb is asked to do "Decide on the request at the weekly transfer meeting"

  @Y21
  Scenario: No request without the family's consent
    Given everything before "Ask the weekly transfer meeting for a support practitioner" is done, except "Ask the family for consent to early help"
    When Samira Khan records "Put it on the next meeting"
    Then it is refused
    And the refusal says "Ask the family for consent to early help"
    And the refusal cites Y9

  @Y21
  Scenario: A draft that the manager has read is enough for the request, less is not
    Given everything before "Ask the weekly transfer meeting for a support practitioner" is done
    When Samira Khan records "Put it on the next meeting", without "an assessment that is complete, or a draft that the manager has read"
    Then it is refused
    And the refusal cites Y21
    And the refusal says "no manager has recorded that the draft was read"

  @Y21 @Y22
  Scenario: The meeting allocates a practitioner in time
    Given everything before "Decide on the request" is done
    Then "Decide on the request" is due on Tuesday 8 December 2026
    When on Thursday 3 December 2026
    And Marcus Webb records "Allocate a practitioner, with a date", choosing Chidi Obi
    Then Chidi Obi has agreed to lead
    And Samira Khan is responsible for Ada and Bo
    And "Hold the joint handover meeting" can be done now

  @Y21
  Scenario: No meeting has heard the request in time
    Given everything before "Decide on the request" is done
    When on Wednesday 9 December 2026
    Then "Decide on the request" is overdue
    And Priya Nair is told that "Decide on the request" is late

  @Y22
  Scenario: A practitioner and a date by which the transfer is done
    Given everything before "Decide on the request" is done
    When Marcus Webb records "Allocate a practitioner, with a date", without "a date agreed"
    Then it is refused
    And the refusal says "No practitioner is chosen yet"
    And the refusal says "No date is agreed yet"
    And the refusal cites Y22
    And nothing else stands in the way

  @Y22
  Scenario: The practice manager enters the allocation
    Given Ines Duarte is the chair of the weekly transfer meeting
    And everything before "Decide on the request" is done
    When Ines Duarte records "Allocate a practitioner, with a date", choosing Chidi Obi
    Then it is refused
    And the refusal cites Y22
    And Marcus Webb can put it right

  @Y21
  Scenario: Moving a request to a later meeting needs a reason
    Given everything before "Decide on the request" is done
    When Marcus Webb records "Move it to the next meeting"
    Then a reason is asked for
    When Marcus Webb records "Move it to the next meeting", because "the family asked to wait for the new year"
    Then it goes on the next "Weekly transfer meeting"
    And "Decide on the request" can be done now
    And Samira Khan is responsible for Ada and Bo

  @Y21 @Y10
  Scenario: The meeting finds the request not right for the service, and early help is considered anew
    Given everything before "Decide on the request" is done
    When Marcus Webb records "Not right for this service", because "a school can do this"
    Then Samira Khan is asked to do "Consider early help"
    When Samira Khan records "Early help led by a partner", because "the school agrees to lead"
    Then the transfer leads to "partner-led early help"
    And Samira Khan is responsible for Ada and Bo

  @Y21
  Scenario: Closure waits until the meeting has heard the request
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Decide on the request at the weekly transfer meeting"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Decide on the request at the weekly transfer meeting"
    And the refusal cites Y21
    And the refusal says "nobody has accepted to take over"
    And the refusal cites H10
    And Marcus Webb can put it right
    And Samira Khan is responsible for Ada and Bo

  @Y23
  Scenario: The joint handover meeting is held within five working days of the completion of the assessment
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    Then "Hold the joint handover meeting" is due on Tuesday 8 December 2026 at 17:00
    When on Tuesday 8 December 2026 at 16:30
    And Samira Khan records "The meeting was held"
    Then "Hold the joint handover meeting" is done

  @Y23
  Scenario: The joint handover meeting is late
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    When on Tuesday 8 December 2026 at 17:00
    Then "Hold the joint handover meeting" is not overdue
    When on Wednesday 9 December 2026 at 09:00
    Then "Hold the joint handover meeting" is overdue
    And Priya Nair is told that "Hold the joint handover meeting" is late
    When Samira Khan records "The meeting was held"
    Then "Hold the joint handover meeting" is done

  @Y23
  Scenario: Family, social worker and practitioner are there
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    When Samira Khan records "The meeting was held", without "the family there"
    Then it is refused
    And the refusal says "names nobody of the family who came"
    And the refusal cites Y23 and Y56
    And nothing else stands in the way
    When Samira Khan records "The meeting was held", without "the social worker there" and "the practitioner there"
    Then it is refused
    And the refusal says "does not show that the responsible worker came"
    And the refusal says "does not show that the practitioner who takes over came"

  @Y56
  Scenario: The closure completes only after the handover meeting
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Hold the joint handover meeting"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Hold the joint handover meeting"
    And the refusal cites Y56
    And Samira Khan can put it right
    And before the closure there is still "Hold the joint handover meeting" and "Oversee the closure"

  @Y56 @H7
  Scenario: The family does not come; another manager decides, and the practitioner meets them all the same
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Hold the joint handover meeting"
    When Samira Khan asks to go on without "Hold the joint handover meeting" as not possible, because "arranged on 3 and 7 December, nobody at home"
    Then "Hold the joint handover meeting" waits for a decision on its exception
    When Priya Nair grants the exception to "Hold the joint handover meeting", because "two dates were tried"
    Then "Hold the joint handover meeting" is excepted
    And Chidi Obi is asked to do "Meet or speak with the family"
    Given everything before "Close to social work" is done, except "Meet or speak with the family"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Meet or speak with the family"
    And the refusal cites Y56
    When Chidi Obi records "I met or spoke with the family"
    And Priya Nair records "The closure is right"
    And Samira Khan records "Close; early help begins"
    Then Chidi Obi is responsible for Ada and Bo

  @Y56 @Y23 @H7
  Scenario: The family comes after all, and the handover meeting is held though it was excepted
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And Samira Khan asks to go on without "Hold the joint handover meeting" as not possible, because "nobody at home, twice"
    And Priya Nair grants the exception to "Hold the joint handover meeting", because "two dates were tried"
    And "Meet or speak with the family" can be done now
    When Samira Khan records "The meeting was held"
    Then "Hold the joint handover meeting" is done
    And "Meet or speak with the family" does not apply

  @Y56
  Scenario: The family does not want to meet the practitioner either
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And Samira Khan asks to go on without "Hold the joint handover meeting" as declined by the family, because "they said no twice"
    And Priya Nair grants the exception to "Hold the joint handover meeting", because "their choice"
    When Chidi Obi records "The family did not want to"
    Then a reason is asked for
    When Chidi Obi records "The family did not want to", because "rang on 7 December"
    Then "Meet or speak with the family" is done

  @Y56 @Y23
  Scenario: The manager does not accept that no meeting is possible
    Given everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And Samira Khan asks to go on without "Hold the joint handover meeting" as not possible, because "diaries"
    When Priya Nair refuses the exception to "Hold the joint handover meeting"
    Then a reason is asked for
    When Priya Nair refuses the exception to "Hold the joint handover meeting", because "offer an evening"
    Then "Hold the joint handover meeting" can be done now
    And "Meet or speak with the family" does not apply
    And "Hold the joint handover meeting" is due on Tuesday 8 December 2026

  @Y56 @H6
  Scenario: The exception is decided by another, not by who asked for it
    Given Samira Khan is a service manager
    And everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And Samira Khan asks to go on without "Hold the joint handover meeting" as not possible, because "diaries"
    When Samira Khan grants the exception to "Hold the joint handover meeting", because "I know the family"
    Then it is refused
    And the refusal cites H6
    And Sam Okoro can put it right
    When Chidi Obi grants the exception to "Hold the joint handover meeting", because "fine by me"
    Then it is refused
    And the refusal cites Y56

  @Y24
  Scenario: Everybody in the team around the child is told of plan and practitioner
    Given everything before "Tell the team around the child" is done, with Chidi Obi to lead
    When Samira Khan records "Everybody was told", without "everybody told"
    Then it is refused
    And the refusal says "Somebody in the team around the child has not been told yet"
    And the refusal cites Y24
    When Samira Khan records "Everybody was told"
    Then "Tell the team around the child" is done

  @Y24
  Scenario: Closure waits until the team has been told
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Tell the team around the child"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal cites Y24
    And before the closure there is still "Tell the team around the child" and "Oversee the closure"

  @Y24 @Y15
  Scenario: The team is told again when the plan changes
    Given everything before "Close to social work" is done, with Chidi Obi to lead
    When Samira Khan records "The plan is ready to show to the family"
    Then "Tell the team around the child" can be done now
    And "Agree the early help plan with the family" can be done now

  @Y24 @H7
  Scenario: There is nobody else in the team around the child
    Given everything before "Tell the team around the child" is done, with Chidi Obi to lead
    And Samira Khan asks to go on without "Tell the team around the child" as not applicable, because "nobody else works with them"
    When Priya Nair grants the exception to "Tell the team around the child", because "so it is"
    Then "Tell the team around the child" is excepted

  @Y36
  Scenario: The practice manager confirms whom the meeting chose, in time
    Given everything before "Confirm the support practitioner" is done, with Chidi Obi to lead
    Then the form lies in the queue "advice team duty worker"
    And "Confirm the support practitioner" is due on Tuesday 8 December 2026
    When Marcus Webb records "Confirm the practitioner whom the meeting chose"
    Then the form does not lie in the queue "advice team duty worker"
    And Chidi Obi has agreed to lead

  @Y36
  Scenario: The practice manager has not confirmed in time
    Given everything before "Confirm the support practitioner" is done, with Chidi Obi to lead
    When on Wednesday 9 December 2026
    Then "Confirm the support practitioner" is overdue

  @Y36
  Scenario: Nobody but a practice manager allocates from the queue
    Given everything before "Confirm the support practitioner" is done, with Chidi Obi to lead
    When Priya Nair records "Confirm the practitioner whom the meeting chose"
    Then it is refused
    And the refusal cites Y36
    And Marcus Webb can put it right

  @Y36
  Scenario: Closure waits until the practitioner is confirmed
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Confirm the support practitioner"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal cites Y36
    And before the closure there is still "Confirm the support practitioner" and "Oversee the closure"

  @Y36 @Y23 @Y24 @Y27
  Scenario: The practice manager allocates another practitioner; what named the first is done again
    Given everything before "Close to social work" is done, with Chidi Obi to lead, except "Confirm the support practitioner"
    When Marcus Webb records "Allocate another practitioner", choosing Ellen Frost
    Then a reason is asked for
    When Marcus Webb records "Allocate another practitioner", choosing Ellen Frost, because "Chidi Obi is ill"
    Then Ellen Frost has agreed to lead
    And "Hold the joint handover meeting" and "Tell the team around the child" can be done now
    And "Write the endings letter" and "Add the lead practitioner to the professional relationships" can be done now
    And Samira Khan is responsible for Ada and Bo
    Given everything before "Close to social work" is done
    When Samira Khan records "Close; early help begins"
    Then Ellen Frost is responsible for Ada and Bo
    And the main contact of Ada and Bo is Ellen Frost

  @Y36 @Y33 @Y34 @Y3 @Y22
  Scenario: The whole way
    Given everything before "Close to social work" is done, with Chidi Obi to lead
    Then Samira Khan is responsible for Ada and Bo under "Single assessment"
    When Samira Khan records "Close; early help begins"
    Then Chidi Obi is responsible for Ada and Bo under "Early help"
    And the main contact of Ada and Bo is Chidi Obi
    And the transfer has ended
    And the outcome for Ada and Bo is early help

  @Y36
  Scenario: The practitioner leaves before the closure, and there is nobody to confirm until the meeting has chosen again
    Given everything before "Close to social work" is done, with Chidi Obi to lead
    And Chidi Obi records "They leave, or cannot lead after all", because "ill for long"
    When Marcus Webb records "Confirm the practitioner whom the meeting chose"
    Then it is refused
    And the refusal says "Decide on the request at the weekly transfer meeting"
    And the refusal cites Y21 and Y22
    And Samira Khan is responsible for Ada and Bo

  @Y36 @Y10
  Scenario: Another destination is chosen, and the form leaves the queue of the first
    Given everything before "Confirm the support practitioner" is done, with Chidi Obi to lead
    When Samira Khan records "Early help led by a partner", because "the school leads after all"
    Then the form does not lie in the queue "advice team duty worker"
    And nobody is to lead

  @Y36
  Scenario: A practitioner chosen anew is confirmed anew
    Given everything before "Close to social work" is done, with Chidi Obi to lead
    And Samira Khan records "Early help led by a partner", because "the school leads after all"
    And Samira Khan records "Targeted early help", because "it does not"
    When everything before "Confirm the support practitioner" is done, with Ellen Frost to lead
    Then "Confirm the support practitioner" can be done now
    And Ellen Frost has agreed to lead
