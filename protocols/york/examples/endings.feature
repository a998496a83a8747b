@Y26
Feature: Endings
  Before the social worker's allocation ends there is an ending visit with the family, and each child has a letter that they can
  read.

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

  Scenario: The ending visit is made and each child has a letter
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit" and "Write the endings letter"
    When Samira Khan records "The visit was made"
    And Samira Khan records "The child has the letter" for Ada
    And Samira Khan records "The child has the letter" for Bo
    And Priya Nair records "The closure is right"
    And Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  Scenario: Social work does not end without the ending visit
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal quotes Y26, "an ending visit should be completed with the family"
    And the refusal says "Make the ending visit"
    And Samira Khan can put it right
    And before the closure there is still "Make the ending visit" and "Oversee the closure"
    And Samira Khan is responsible for Ada and Bo

  Scenario: Social work does not end for a child without a letter
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Write the endings letter"
    And Samira Khan records "The child has the letter" for Ada
    When Samira Khan records "Close; early help begins" for Bo
    Then it is refused
    And the refusal says "Write the endings letter"
    And the refusal quotes Y26, "an endings letter provided for the child/ young person"
    And "Write the endings letter" for Bo can be done now

  @Y3
  Scenario: The letter is one that the child can read at their age
    Given everything before "Write the endings letter" is done, with Jo Reid to lead
    When Samira Khan records "The child has the letter" for Bo, without "a letter for the child's age"
    Then it is refused
    And the refusal says "There is no letter yet that this child can read at their age"
    And the refusal cites Y26 and Y3
    And nothing else stands in the way
    And "Write the endings letter" for Bo can be done now

  @Y3
  Scenario: The letter says who helps from now on, so it is written once the lead has agreed
    Given everything before "Answer whether you will lead" is done, with Jo Reid to lead
    When Samira Khan records "The child has the letter" for Ada
    Then it is refused
    And the refusal says "Answer whether you will lead"
    And nothing else stands in the way

  @H7
  Scenario: The family does not want the visit; the letter is sent all the same
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit"
    When Samira Khan asks to go on without "Make the ending visit" as declined by the family, because "offered three dates"
    Then Priya Nair is asked to do "Make the ending visit"
    When Priya Nair grants the exception to "Make the ending visit", because "a call and a card instead"
    Then "Make the ending visit" is excepted
    And "Write the endings letter" is done
    Given Priya Nair records "The closure is right"
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  @H7
  Scenario: The family declined the visit, and then wants it after all
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit"
    And Samira Khan asks to go on without "Make the ending visit" as declined by the family, because "offered three dates"
    And Priya Nair grants the exception to "Make the ending visit", because "a call and a card instead"
    When Samira Khan records "The visit was made"
    Then "Make the ending visit" is done
    And before the closure there is still "Oversee the closure"
    When Samira Khan records "The visit was made"
    Then it is refused
    And the refusal says "is done already"
    And the refusal cites H9

  @H7
  Scenario: The manager does not accept that the family declined the visit
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit"
    And Samira Khan asks to go on without "Make the ending visit" as declined by the family, because "one call, no answer"
    When Priya Nair refuses the exception to "Make the ending visit", because "try once more, in the evening"
    Then "Make the ending visit" can be done now
    And before the closure there is still "Make the ending visit" and "Oversee the closure"

  @H7
  Scenario: An exception that nobody has decided opens nothing
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending visit"
    And Samira Khan asks to go on without "Make the ending visit" as declined by the family, because "offered three dates"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Make the ending visit"

  @H7
  Scenario: A letter can be left out only where it is unsafe
    Given everything before "Write the endings letter" is done, with Jo Reid to lead
    When Samira Khan asks to go on without "Write the endings letter" for Bo as declined by the family, because "he does not want one"
    Then it is refused
    And the refusal says "can be excepted where it would not be safe, not where the family declined"
    And the refusal cites Y26
    When Samira Khan asks to go on without "Write the endings letter" for Bo as unsafe, because "somebody opens his post"
    And Priya Nair grants the exception to "Write the endings letter" for Bo, because "he is told in person"
    Then "Write the endings letter" for Bo is excepted
    And "Write the endings letter" for Ada can be done now

  Scenario: The visit and the letter are asked also where only universal services follow
    Given Samira Khan records "No early help is needed", because "the need is met"
    And everything before "Close to social work" is done, except "Make the ending visit" and "Write the endings letter"
    When Samira Khan records "Close; universal services only"
    Then it is refused
    And the refusal says "Make the ending visit"
    And the refusal says "Write the endings letter"
    And the refusal cites Y26

  Scenario: A new lead means a new letter
    Given everything before "Write the endings letter" is done, with Jo Reid to lead
    And Samira Khan records "The child has the letter"
    When Jo Reid records "They leave, or cannot lead after all", because "a new post"
    Then "Write the endings letter" for Ada and Bo has to wait
