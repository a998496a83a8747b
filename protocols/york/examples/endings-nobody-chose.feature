Feature: An ending that nobody chose
  A death, a move, an adoption, an 18th birthday, a wrong record: the worker records it, a manager confirms it, and no gate stands before it.

  Background:
    Given Samira Khan is a social worker
    And Priya Nair is a social work team manager
    And Sam Okoro is a service manager
    And a family with the children Ada (9) and Bo (17)
    And Samira Khan is responsible for them, under Priya Nair
    And on Tuesday 1 December 2026 at 10:00

  @H11
  Scenario: A child on a plan dies; no gate stands before the end
    Given "A child protection plan ends, and nobody chose it" begins for Ada
    And Samira Khan records "The child has died", because "the hospital rang"
    When Priya Nair records "The child has died" under "Confirm it", because "confirmed"
    Then nobody is responsible for Ada any more
    And the transfer has ended

  @H10 @H11
  Scenario: A family that moves is told to the new authority first
    Given "A child in need plan ends, and nobody chose it" begins
    And Samira Khan records "The family has moved away", because "to Leeds, on Friday"
    When Priya Nair records "The family has moved away" under "Confirm it", because "as told"
    Then it is refused
    And the refusal says "Tell the authority to which the family moved"
    When Samira Khan records "They know, and have answered" for Ada and Bo, because "Leeds duty and advice, by telephone, at 11"
    And Priya Nair records "The family has moved away" under "Confirm it", because "as told"
    Then nobody is responsible for Ada and Bo any more

  @H10
  Scenario: Where no authority can be told, a second person agrees to that
    Given "A child in need plan ends, and nobody chose it" begins
    And Samira Khan records "The family has moved away", because "to a country where nobody answers"
    And Samira Khan asks to go on without "Tell the authority to which the family moved" as not possible, because "tried through the embassy"
    When Samira Khan grants the exception to "Tell the authority to which the family moved", because "it is so"
    Then it is refused
    When Priya Nair grants the exception to "Tell the authority to which the family moved", because "it is so"
    And Priya Nair records "The family has moved away" under "Confirm it", because "as told"
    Then nobody is responsible for Ada and Bo any more

  @Y43 @H11
  Scenario: A young person with the offer of a duty service dies; the offer ends, and no letter about it goes out
    Given Dee Lowe is a Pathways duty worker
    And Gil Ward is a Pathways manager
    And Dee Lowe is responsible for them, under Gil Ward
    And "The offer of a duty service ends, and nobody chose it" begins
    And Dee Lowe records "The child has died", because "the hospital rang"
    When Dee Lowe records "The child has died" under "Confirm it"
    Then it is refused
    And the refusal cites H6
    When Gil Ward records "The child has died" under "Confirm it", because "confirmed"
    Then nobody is responsible for Ada and Bo any more
    And the transfer has ended

  @Y43
  Scenario: The 18th birthday ends neither Pathways' support nor the offer of a duty service
    Given "Pathways' support ends, and nobody chose it" begins for Bo
    When Samira Khan records "It is the 18th birthday" under "Record what happened", because "today"
    Then it is refused
    And Samira Khan is responsible for Bo

  @H6
  Scenario: A second person confirms it
    Given "An assessment ends, and nobody chose it" begins for Bo
    And Samira Khan records "It is the 18th birthday", because "today"
    When Samira Khan records "It is the 18th birthday" under "Confirm it"
    Then it is refused
    And the refusal cites H6

  @H9
  Scenario: What is not so changes nothing
    Given "An assessment ends, and nobody chose it" begins for Bo
    And Samira Khan records "The record is wrong", because "another Bo"
    When Priya Nair records "It is not so; everything goes on", because "it is him"
    Then Samira Khan is responsible for Bo
    And the transfer has ended
