Feature: What can happen at any moment
  A concern, a worker who leaves, a practitioner who cannot go on, a transfer that is stopped. Somebody is responsible throughout.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Grace Obi is a targeted services leader
    And Sue Hirst is a service manager
    And Nina Patel is a lead practitioner
    And Ben Carter is a single agency practitioner
    And Ruth Lane is a duty manager
    And Mel Brook is a Duty and Advice worker
    And a family with the children Ada (9) and Bo (14)
    And Amira Hussain is responsible for them, under Tom Barker
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a child in need plan" begins
    And Amira Hussain records "The needs have been met", because "he is safe and well"
    And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"

  @L6
  Scenario Outline: Anybody reports a safeguarding concern at once, and asks nobody of their own agency first
    When <who> records "Reported" under "Report a safeguarding concern"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And Mel Brook is asked to do "Decide on the safeguarding concern"
    And "Decide on the safeguarding concern" is due on Wednesday 2 December 2026

    Examples:
      | who           |
      | Amira Hussain |
      | Nina Patel    |
      | Grace Obi     |

  @L6
  Scenario: The concern is not received until somebody says so
    When Nina Patel records "Reported"
    Then unless somebody receives the concern by Tuesday 1 December 2026 at 10:15, its sender is told to ring

  @L6 @H3
  Scenario: A concern stops the closure until it is decided
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Nina Patel records "Reported"
    When Amira Hussain records "Close; the multi-agency early help plan begins"
    Then it is refused
    And the refusal says "a safeguarding concern about a child of this household has not been decided yet"
    And the refusal cites H3
    And nothing else stands in the way
    When Ruth Lane records "The support planned is still right", because "spoke with school and mother"
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    Then Nina Patel is responsible for Ada and Bo

  @L6
  Scenario: The concern is decided in time, and social work stays
    Given Nina Patel records "Reported"
    And "Decide on the safeguarding concern" is due on Wednesday 2 December 2026
    When on Wednesday 2 December 2026 at 16:00
    Then "Decide on the safeguarding concern" is not overdue
    When Mel Brook records "Social work stays", because "he came with a bruise"
    Then the transfer has ended
    And Amira Hussain is responsible for Ada and Bo

  @L6
  Scenario: The concern is not decided in time
    Given Nina Patel records "Reported"
    When on Wednesday 2 December 2026 at 17:01
    Then "Decide on the safeguarding concern" is overdue

  @L6
  Scenario: The social worker does not decide on the concern
    Given Nina Patel records "Reported"
    When Amira Hussain records "The support planned is still right", because "I know them"
    Then it is refused
    And the refusal cites L6
    And Ruth Lane can put it right

  @L19 @H1
  Scenario: The social worker leaves, and the team manager is responsible from that moment
    When Amira Hussain records "The social worker leaves", because "a post elsewhere from Monday"
    Then Tom Barker is responsible for Ada and Bo
    And the main contact of Ada and Bo is Tom Barker
    And "Allocate a social worker" is due on Thursday 3 December 2026
    When on Thursday 3 December 2026 at 16:00
    Then "Allocate a social worker" is not overdue
    When on Friday 4 December 2026
    Then "Allocate a social worker" is overdue

  @L19 @H1
  Scenario: A new social worker is allocated, and nothing is lost
    Given Omar Aziz is a social worker
    And Amira Hussain records "The social worker leaves", because "a post elsewhere from Monday"
    And "Allocate a social worker" is due on Thursday 3 December 2026
    When on Thursday 3 December 2026 at 16:00
    And Tom Barker records "Allocate", choosing Omar Aziz
    Then Omar Aziz is responsible for Ada and Bo
    And "Choose what follows" is done

  @L19 @H10
  Scenario: Whoever was to take over cannot go on
    Given everything before "Close to social work" is done, with Nina Patel to lead
    When Nina Patel records "They leave, or cannot take over after all", because "a long illness"
    Then nobody is to lead
    And Amira Hussain is responsible for Ada and Bo
    And "Ask a practitioner to take over" can be done now

  @L19 @H1
  Scenario: A lead who goes on later leaves the family with the targeted services leader
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    When Nina Patel records "They leave, or cannot take over after all", because "a new school"
    Then Grace Obi is responsible for Ada and Bo
    And the main contact of Ada and Bo is Grace Obi

  @L15 @H11
  Scenario: One child stays with social work, and the other goes on
    When Amira Hussain records "This child stays with social work" for Bo, because "he went missing twice"
    Then the outcome for Bo is stays with social work
    And the transfer goes on
    Given everything before "Close to social work" is done, with Nina Patel to lead
    When Amira Hussain records "Close; the multi-agency early help plan begins" for Ada
    Then Nina Patel is responsible for Ada
    And Amira Hussain is responsible for Bo

  @L15 @H10
  Scenario: The step down is stopped
    When Tom Barker records "Stop the transfer", because "they move next week"
    Then the transfer has ended
    And Amira Hussain is responsible for Ada and Bo

  @L13
  Scenario: Emergency protective action in the midst of a step down waits for nothing
    When Ruth Lane records "The child becomes looked after, in the short term" for Bo, because "police powers of protection"
    Then Amira Hussain is responsible for Bo under "Looked after"
    And the outcome for Bo is looked after
    And the transfer goes on

  @L13
  Scenario: Emergency protective action in a step down is not a partner's to decide
    When Nina Patel records "The child becomes looked after, in the short term" for Bo, because "he rang me"
    Then it is refused
    And the refusal cites L13
    And Tom Barker can put it right

  @H9 @H11
  Scenario: A child dies in the midst of a step down; no gate stands before the end
    Given Amira Hussain records "The child has died" under "Record that it ends, and nobody chose it" for Bo, because "the hospital rang"
    And "Confirm the ending that nobody chose" is due on Thursday 3 December 2026
    When Amira Hussain records "The child has died" under "Confirm the ending that nobody chose" for Bo
    Then it is refused
    And the refusal cites H6
    When Tom Barker records "The child has died" under "Confirm the ending that nobody chose" for Bo
    Then nobody is responsible for Bo any more
    And Amira Hussain is responsible for Ada

  @H9
  Scenario: An ending was written down for the wrong child, and is taken back before anybody confirms it
    Given Amira Hussain records "The family has moved away" under "Record that it ends, and nobody chose it" for Bo, because "the school says so"
    When Amira Hussain takes back the record of "Record that it ends, and nobody chose it" for Bo
    Then "Confirm the ending that nobody chose" for Bo has to wait
    And Amira Hussain is responsible for Ada and Bo

  @H9 @H1
  Scenario: An ending that was confirmed is not taken back
    Given Amira Hussain records "The family has moved away" under "Record that it ends, and nobody chose it" for Bo, because "the school says so"
    And Tom Barker records "The family has moved away" under "Confirm the ending that nobody chose" for Bo
    When Tom Barker takes back the record of "Confirm the ending that nobody chose" for Bo
    Then it is refused
    And the refusal cites H1 and H9
    And nobody is responsible for Bo any more

  @H9 @H8
  Scenario: An ending that nobody has confirmed
    Given Amira Hussain records "The child has been adopted" under "Record that it ends, and nobody chose it" for Ada, because "the order was made"
    When on Friday 4 December 2026
    Then "Confirm the ending that nobody chose" is overdue

  @H4
  Scenario: Nothing closes while a section 47 enquiry is open about a child of the household
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And a section 47 enquiry is open about the household
    When Amira Hussain records "Close; the multi-agency early help plan begins"
    Then it is refused
    And the refusal cites H4
    And Amira Hussain is responsible for Ada and Bo
