# REPLACE: one example for each clause, and for each gate one that is refused. The guide "Write an example" has every sentence.
Feature: A step down

  Background:
    Given Ann Lee is a social worker
    And Bob Ray is a team manager
    And Cat Fox is a service manager
    And Dan May is a lead practitioner
    And a family with the children Ada (9) and Bo (14)
    And Ann Lee is responsible for them, under Bob Ray
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from an assessment" begins

  @{{letter}}1
  Scenario: Nobody is let go before somebody else holds
    Given Ann Lee records "Early help with a lead practitioner", because "the school knows them well"
    And everything before "Close to social work" is done, with Dan May to lead, except "Agree that social work can end"
    When Ann Lee records "Close; early help begins"
    Then it is refused
    And the refusal says "Agree that social work can end"
    And Ann Lee is responsible for Ada and Bo
    When Bob Ray records "It can end"
    And Ann Lee records "Close; early help begins"
    Then Dan May is responsible for Ada and Bo
    And the transfer has ended
