Feature: From a single assessment to one service
  One specialist, targeted or universal service can be all that a family needs: no plan of several agencies, and all else as it is for a
  partner who leads.

  Background:
    Given Samira Khan is a social worker
    And Priya Nair is a social work team manager
    And Sam Okoro is a service manager
    And Dana Cole is the early help co-ordinator
    And Jo Reid is a lead practitioner
    And Mina Shah is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And Ruth Lane is a duty manager
    And a family with the children Ada (9) and Bo (14)
    And Samira Khan is responsible for them, under Priya Nair
    And "Authorise the single assessment" was done by Priya Nair on Tuesday 1 December 2026 at 09:30
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins
    And Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"

  @Y1
  Scenario: One service helps, and it becomes responsible with the closure
    Given the transfer leads to "one specialist, targeted or universal service"
    And everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan is responsible for Ada and Bo
    When Samira Khan records "Close; one service helps"
    Then Jo Reid is responsible for Ada and Bo under "One service"
    And the main contact of Ada and Bo is Jo Reid
    And the outcome for Ada and Bo is single service

  @Y1 @Y9 @H2
  Scenario: One service does not begin without consent
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Ask the family for consent to early help"
    When Samira Khan records "Close; one service helps" for Ada
    Then it is refused
    And the refusal cites Y9, H2 and LAW1
    And Samira Khan is responsible for Ada and Bo

  @Y1 @Y16 @H10
  Scenario: One service does not begin before somebody of it has said yes
    Given everything before "Answer whether you will lead" is done, with Jo Reid to lead
    And Samira Khan records "They were asked", choosing Jo Reid
    When Samira Khan records "Close; one service helps" for Ada
    Then it is refused
    And the refusal says "Answer whether you will lead"
    And Samira Khan is responsible for Ada and Bo

  @Y1 @Y11
  Scenario: One service helps with a need that goes on
    When Samira Khan records "The plan is ready to show to the family", without "an outstanding need"
    Then it is refused
    And the refusal cites Y11

  @Y1 @H11
  Scenario: Once one service has begun for a child, no other kind is chosen in this transfer
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; one service helps" for Ada
    When Samira Khan records "Targeted early help", because "speech therapy has a waiting list"
    Then it is refused
    And the refusal says "“Consider early help” does not apply as things stand now"
    And Jo Reid is responsible for Ada
    And Samira Khan is responsible for Bo
