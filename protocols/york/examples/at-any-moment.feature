Feature: What can happen at any moment
  A concern, a worker or a lead who leaves, a transfer that is stopped. Somebody is responsible for each child throughout.

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
    And Samira Khan records "Early help led by a partner", because "the school knows them well"

  @Y52
  Scenario Outline: Anybody reports a safeguarding concern, at any moment, and nothing stands before it
    When <who> records "Reported" under "Report a safeguarding concern"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And "Decide on the safeguarding concern" is due on Wednesday 2 December 2026

    Examples:
      | who         |
      | Samira Khan |
      | Jo Reid     |
      | Marcus Webb |

  @Y52
  Scenario: The concern is not received until somebody says so
    When Jo Reid records "Reported"
    Then unless somebody receives the concern by Tuesday 1 December 2026 at 10:15, its sender is told to ring

  @Y55
  Scenario: Whether the family was spoken with is not asked before a concern is sent
    Given consent has not been asked
    Then "Report a safeguarding concern" can be done now
    When Jo Reid records "Reported"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And consent has not been asked

  @Y52 @Y55
  Scenario: A family that says no to help does not keep a concern back
    Given Samira Khan records "Consent refused", because "they want to be left alone"
    When Samira Khan records "Reported"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And consent is not live

  @Y52
  Scenario: A concern at night waits no longer than one by day
    Given on Saturday 5 December 2026 at 23:50
    When Jo Reid records "Reported"
    Then unless somebody receives the concern by Sunday 6 December 2026 at 00:05, its sender is told to ring

  @Y52 @H3
  Scenario: A concern in mid-transfer stops the closure until it is decided
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Jo Reid records "Reported"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "a safeguarding concern about a child of this household has not been decided yet"
    And the refusal cites H3
    And nothing else stands in the way
    And Samira Khan is responsible for Ada and Bo
    When Ruth Lane records "The support planned is still right", because "spoke with school and mother"
    And Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  @Y52 @H3
  Scenario: Of two concerns each is decided before anything closes
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Jo Reid records "Reported"
    And Samira Khan records "Reported"
    When Ruth Lane records "The support planned is still right", because "the bruise is from football"
    Then "Decide on the safeguarding concern" can be done now
    And Ruth Lane is asked to do "Decide on the safeguarding concern"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "a safeguarding concern about a child of this household has not been decided yet"
    And the refusal cites H3
    And nothing else stands in the way
    When Ruth Lane records "The support planned is still right", because "the second call was about the same bruise"
    Then "Decide on the safeguarding concern" is done
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  @Y52 @H3
  Scenario: One of two concerns is enough to stop the step down
    Given Jo Reid records "Reported"
    And Samira Khan records "Reported"
    When Ruth Lane records "Social work stays", because "he came with a bruise"
    Then the transfer has ended
    And Samira Khan is responsible for Ada and Bo

  @Y52
  Scenario: A concern that comes after another was decided is decided for itself, and in time
    Given Jo Reid records "Reported"
    And Ruth Lane records "The support planned is still right", because "the bruise is from football"
    When on Thursday 3 December 2026
    And Jo Reid records "Reported"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And "Decide on the safeguarding concern" is due on Friday 4 December 2026
    When on Monday 7 December 2026
    Then "Decide on the safeguarding concern" is overdue

  @Y52
  Scenario: A concern does not stop the rest of the work
    Given Jo Reid records "Reported"
    When Samira Khan records "Consent given"
    And Samira Khan records "The family has seen the assessment"
    Then consent is live

  @Y52
  Scenario: The concern is decided in time, and social work stays
    Given Jo Reid records "Reported"
    And "Decide on the safeguarding concern" is due on Wednesday 2 December 2026
    When on Wednesday 2 December 2026 at 16:00
    And Ruth Lane records "Social work stays"
    Then a reason is asked for
    When Ruth Lane records "Social work stays", because "he came with a bruise"
    Then the transfer has ended
    And Samira Khan is responsible for Ada and Bo
    And the outcome for Ada and Bo is stays with social work

  @Y52
  Scenario: The concern is not decided in time
    Given Jo Reid records "Reported"
    When on Wednesday 2 December 2026 at 17:01
    Then "Decide on the safeguarding concern" is overdue

  @Y52
  Scenario: The social worker does not decide on the concern
    Given Jo Reid records "Reported"
    When Samira Khan records "The support planned is still right", because "I know them"
    Then it is refused
    And the refusal cites Y52
    And Ruth Lane can put it right

  @Y52
  Scenario: MASH can decide on it too
    Given Mel Brook is of MASH
    And Jo Reid records "Reported"
    When Mel Brook records "The support planned is still right", because "known and in hand"
    Then "Decide on the safeguarding concern" is done

  @Y3 @H1
  Scenario: The social worker leaves; the manager is responsible from that moment
    When Samira Khan records "The social worker leaves"
    Then a reason is asked for
    When Samira Khan records "The social worker leaves", because "a post elsewhere from Monday"
    Then Priya Nair is responsible for Ada and Bo
    And the main contact of Ada and Bo is Priya Nair
    And the transfer goes on
    And Priya Nair is asked to do "Allocate a social worker"
    And "Allocate a social worker" is due on Thursday 3 December 2026

  @Y3 @H1
  Scenario: A new social worker is allocated in time, and nothing is lost
    Given Toby Hale is a social worker
    And everything before "Make the ending visit" is done
    And Samira Khan records "Consent given"
    And Samira Khan records "The social worker leaves", because "a post elsewhere from Monday"
    And "Allocate a social worker" is due on Thursday 3 December 2026
    When on Thursday 3 December 2026
    And Priya Nair records "Allocate", choosing Toby Hale
    Then Toby Hale is responsible for Ada and Bo
    And the main contact of Ada and Bo is Toby Hale
    And consent is live
    And Toby Hale is asked to do "Make the ending visit"
    When Samira Khan records "The visit was made"
    Then it is refused

  @Y3
  Scenario: No new social worker has been allocated in time
    Given Samira Khan records "The social worker leaves", because "a post elsewhere from Monday"
    When on Thursday 3 December 2026 at 17:01
    Then "Allocate a social worker" is overdue
    And Priya Nair is told that "Allocate a social worker" is late
    And Priya Nair is responsible for Ada and Bo

  @Y3
  Scenario: A stranger cannot hand a family over
    When Dana Cole records "The social worker leaves", because "I heard so"
    Then it is refused
    And the refusal cites Y3
    And Samira Khan is responsible for Ada and Bo

  @Y3 @H10
  Scenario: The lead leaves before the closure; the social worker stays responsible and asks somebody else
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Jo Reid records "They leave, or cannot lead after all", because "a new post"
    Then nobody is to lead
    And Samira Khan is responsible for Ada and Bo
    And "Add the lead practitioner to the professional relationships" for Ada and Bo has to wait
    And "Oversee the closure" has to wait
    And Samira Khan is asked to do "Ask a practitioner to lead"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "nobody has accepted to take over"
    And the refusal cites H10
    Given everything before "Close to social work" is done, with Mina Shah to lead
    When Samira Khan records "Close; early help begins"
    Then Mina Shah is responsible for Ada and Bo

  @Y3 @H10
  Scenario: The lead leaves after the closure; the co-ordinator is responsible until somebody else leads
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    When Jo Reid records "They leave, or cannot lead after all", because "a new post"
    Then Dana Cole is responsible for Ada and Bo
    And the main contact of Ada and Bo is Dana Cole
    And the transfer goes on
    When Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "Yes, I will lead"
    Then Mina Shah is responsible for Ada and Bo
    And the main contact of Ada and Bo is Mina Shah

  @Y3
  Scenario: There is nobody who could leave before somebody is asked
    When Samira Khan records "They leave, or cannot lead after all", because "nobody knows"
    Then it is refused
    And the refusal says "does not apply as things stand now"
    And the refusal cites Y3

  @Y3 @H10
  Scenario: The transfer is stopped, and the children stay with their social worker
    When Priya Nair records "Stop the transfer"
    Then a reason is asked for
    When Priya Nair records "Stop the transfer", because "they move to Hull on Friday"
    Then the transfer has ended
    And Samira Khan is responsible for Ada and Bo
    And the main contact of Ada and Bo is Samira Khan
    And the outcome for Ada and Bo is stays with social work

  @Y3
  Scenario: The lead cannot stop the transfer
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Jo Reid records "Stop the transfer", because "too much"
    Then it is refused
    And the refusal cites Y3 and H10
