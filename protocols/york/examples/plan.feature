Feature: The plan, and what the family sees of it
  There must be a need that goes on, and an action that does more than watch. The family has seen the assessment and agrees to
  the plan before anybody else takes over.

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

  @Y11 @Y15
  Scenario: A plan with a need that goes on and an action for it
    When Samira Khan records "The plan is ready to show to the family"
    Then "Write the early help plan" is done
    And "Agree the early help plan with the family" can be done now

  @Y11
  Scenario: A family is not stepped down merely to be monitored
    When Samira Khan records "The plan is ready to show to the family", without "an action that does more than monitor"
    Then it is refused
    And the refusal quotes Y11, "Children must not be stepped down to early help support merely so that they can be 'monitored'."
    And the refusal says "no action yet that does more than watch or review"
    And Samira Khan can put it right
    And nothing else stands in the way
    And "Write the early help plan" can be done now
    And "Agree the early help plan with the family" waits for "Write the early help plan"

  @Y11
  Scenario: A family is not stepped down without a need that goes on
    When Samira Khan records "The plan is ready to show to the family", without "an outstanding need"
    Then it is refused
    And the refusal quotes Y11, "There must be an identified need(s) that continues to require support"

  @Y11
  Scenario: Nobody can except the plan
    When Samira Khan asks to go on without "Write the early help plan" as not applicable, because "we will just keep an eye on them"
    Then it is refused
    And the refusal cites Y11

  @Y11 @Y10
  Scenario: Nobody has to invent a need where only universal services follow
    Given Samira Khan records "No early help is needed", because "the need is met"
    Then "Write the early help plan" does not apply
    And everything before "Close to social work" is done
    When Samira Khan records "Close; universal services only"
    Then nobody is responsible for Ada and Bo any more
    And the transfer has ended

  @Y15
  Scenario: The family has seen the assessment and agrees to the plan
    Given Samira Khan records "The plan is ready to show to the family"
    When Samira Khan records "The family has seen the assessment"
    And Samira Khan records "The family agrees to the plan"
    Then "Show the family the assessment" and "Agree the early help plan with the family" is done

  @Y15
  Scenario: Closure waits until the family has seen the assessment
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Show the family the assessment"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Show the family the assessment"
    And the refusal cites Y15
    And Samira Khan can put it right
    And before the closure there is still "Show the family the assessment" and "Oversee the closure"

  @Y15
  Scenario: Closure waits until the family has agreed to the plan
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Agree the early help plan with the family"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Agree the early help plan with the family"
    And the refusal cites Y15
    And before the closure there is still "Agree the early help plan with the family" and "Oversee the closure"

  @Y15
  Scenario: A plan cannot be agreed before it is written
    When Samira Khan records "The family agrees to the plan"
    Then it is refused
    And the refusal says "Write the early help plan"
    And the refusal cites Y11 and Y15
    And nothing else stands in the way

  @Y15
  Scenario: The family wants something changed, so the plan is written again
    Given Samira Khan records "The plan is ready to show to the family"
    When Samira Khan records "The family wants something changed", because "evenings suit them better"
    Then "Write the early help plan" can be done now
    And "Agree the early help plan with the family" has to wait

  @Y15
  Scenario: A plan that is changed after the family agreed is agreed again
    Given Samira Khan records "The plan is ready to show to the family"
    And Samira Khan records "The family agrees to the plan"
    When Samira Khan records "The plan is ready to show to the family"
    Then "Agree the early help plan with the family" can be done now

  @Y15 @H7
  Scenario: The family does not want to see the assessment; a manager accepts that
    When Samira Khan asks to go on without "Show the family the assessment" as declined by the family
    Then a reason is asked for
    When Samira Khan asks to go on without "Show the family the assessment" as declined by the family, because "offered twice"
    Then "Show the family the assessment" waits for a decision on its exception
    And Priya Nair is asked to do "Show the family the assessment"
    When Priya Nair grants the exception to "Show the family the assessment", because "offered on 24 and 27 November"
    Then "Show the family the assessment" is excepted

  @Y15 @H7
  Scenario: A manager does not accept it, and the assessment is still to be shown
    Given Samira Khan asks to go on without "Show the family the assessment" as not possible, because "no time"
    When Priya Nair refuses the exception to "Show the family the assessment", because "take it along on Thursday"
    Then "Show the family the assessment" can be done now
    And Samira Khan is asked to do "Show the family the assessment"

  @H6
  Scenario: Nobody decides on the exception that they asked for
    Given Samira Khan is a service manager
    And Samira Khan asks to go on without "Show the family the assessment" as unsafe, because "it names a neighbour"
    When Samira Khan grants the exception to "Show the family the assessment", because "I am sure"
    Then it is refused
    And the refusal says "nobody approves their own work"
    And the refusal cites H6
    And Priya Nair can put it right
    And nothing else stands in the way
    When Priya Nair grants the exception to "Show the family the assessment", because "read it with them without that page"
    Then "Show the family the assessment" is excepted

  @H7
  Scenario: There is no exception to decide where nobody has asked for one
    When Priya Nair grants the exception to "Show the family the assessment", because "let us get on"
    Then it is refused
    And the refusal says "nobody has asked that"
    And the refusal cites H7

  @Y10
  Scenario: Early help is considered before every closure, and the reason is written down
    When Samira Khan records "No early help is needed"
    Then a reason is asked for

  @Y10
  Scenario: Early help is not considered anew once every child has been closed
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    When Samira Khan records "Targeted early help", because "the school cannot after all"
    Then it is refused
    And the refusal says "“Consider early help” does not apply as things stand now"
    And the refusal cites Y10
    And Jo Reid is responsible for Ada and Bo

  @Y10
  Scenario: The consideration can change, and what rested on the old one is done again
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Samira Khan records "Targeted early help", because "the school cannot after all"
    Then the transfer leads to "targeted early help"
    And nobody is to lead
    And "Agree the early help plan with the family" can be done now
    And "Ask a practitioner to lead" does not apply
    And "Ask the weekly transfer meeting for a support practitioner" can be done now
    And Samira Khan is responsible for Ada and Bo
