@H11
Feature: Brothers and sisters
  A transfer carries any of a family's children. Each ends with an outcome of their own, and none is left without one.

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
    And a family with the children Ada (9), Bo (14) and Cy (2)
    And Samira Khan is responsible for them, under Priya Nair
    And "Authorise the single assessment" was done by Priya Nair on Tuesday 1 December 2026 at 09:30
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins for Ada and Bo
    And Samira Khan records "Early help led by a partner", because "the school knows them well"

  Scenario: One child stays with social work, the other steps down
    When Samira Khan records "This child stays with social work" for Bo
    Then a reason is asked for
    When Samira Khan records "This child stays with social work" for Bo, because "he asked to keep his worker"
    Then the outcome for Bo is stays with social work
    And the outcome for Ada is none yet
    And the transfer goes on
    Given everything before "Close to social work" is done, with Jo Reid to lead
    Then "Write the endings letter" for Bo does not apply
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada
    And Samira Khan is responsible for Bo
    And the main contact of Bo is Samira Khan
    And the outcome for Ada is early help

  Scenario: Where one child after the other stays, the transfer is over, and nothing of it is left to do
    Given Samira Khan records "This child stays with social work" for Bo, because "he asked to keep his worker"
    And "Write the early help plan" can be done now
    When Samira Khan records "This child stays with social work" for Ada, because "then she stays too"
    Then the transfer has ended
    And "Write the early help plan" does not apply
    And the outcome for Ada and Bo is stays with social work
    And Samira Khan is responsible for Ada and Bo

  Scenario: Where one child stays and the transfer is stopped for the rest, it is over
    Given Samira Khan records "This child stays with social work" for Bo, because "he asked to keep his worker"
    When Samira Khan records "Stop the transfer", because "then Ada stays too"
    Then the transfer has ended
    And the outcome for Ada and Bo is stays with social work
    And Samira Khan is responsible for Ada and Bo

  Scenario: The transfer does not end while a child has no outcome
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Dana Cole records "Taken up"
    When Samira Khan records "Close; early help begins" for Ada
    Then the outcome for Ada is early help
    And the outcome for Bo is none yet
    And the transfer goes on
    When Samira Khan records "Close; early help begins" for Bo
    Then the transfer has ended

  Scenario: A child who has left the transfer is not closed by it
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "This child stays with social work" for Bo, because "he asked to keep his worker"
    When Samira Khan records "Close; early help begins" for Bo
    Then it is refused
    And the refusal says "does not apply for Bo as things stand now"
    And Samira Khan is responsible for Bo

  Scenario: The lead cannot keep a child with social work
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Jo Reid records "This child stays with social work" for Bo, because "not sure"
    Then it is refused
    And the refusal cites H11

  @Y26
  Scenario: Each child has a letter of their own
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Write the endings letter"
    When Samira Khan records "The child has the letter" for Ada
    Then "Write the endings letter" for Ada is done
    And "Write the endings letter" for Bo can be done now
    And before the closure there is still "Write the endings letter" and "Oversee the closure"

  @Y52 @H3
  Scenario: A concern about one child keeps the whole household from closing
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "This child stays with social work" for Bo, because "he asked to keep his worker"
    And Jo Reid records "Reported"
    When Samira Khan records "Close; early help begins" for Ada
    Then it is refused
    And the refusal cites H3

  @Y10
  Scenario Outline: Once early help has begun for one child, its kind is not chosen anew in this transfer
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins" for Ada
    When Samira Khan records "<choice>", because "Bo needs something else"
    Then it is refused
    And the refusal says "“Consider early help” does not apply as things stand now"
    And the refusal cites Y10
    And nothing else stands in the way
    And Jo Reid is responsible for Ada
    And Samira Khan is responsible for Bo
    And the transfer leads to "partner-led early help"

    Examples:
      | choice                  |
      | Targeted early help     |
      | No early help is needed |

  @Y16 @H10
  Scenario: Once the lead holds one child, nobody else is asked to lead the others
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins" for Ada
    When Samira Khan records "They were asked", choosing Mina Shah
    Then it is refused
    And the refusal cites Y16
    And Jo Reid is responsible for Ada

  @Y9
  Scenario: Consent is withdrawn when one child is with the lead and one still with social work
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins" for Ada
    And Samira Khan records "Consent withdrawn"
    When Priya Nair records "Close without early help" under "Decide what it means", because "they manage well"
    Then nobody is responsible for Ada any more
    And Samira Khan is responsible for Bo
    And the transfer goes on
    Given everything before "Close to social work" is done
    When Samira Khan records "Close; universal services only"
    Then nobody is responsible for Ada and Bo any more
    And the transfer has ended

  @Y3
  Scenario: The social worker leaves while the children are on different ways
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins" for Ada
    When Priya Nair records "The social worker leaves", because "ill for long"
    Then Priya Nair is responsible for Bo
    And Jo Reid is responsible for Ada
    And the main contact of Ada is Jo Reid
    And the main contact of Bo is Priya Nair
