Feature: An ending that nobody chose
  A death, a move, an adoption, an 18th birthday, a wrong record: the worker records it, a manager confirms it, and no gate stands before it.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Sue Hirst is a service manager
    And a family with the children Ada (9) and Bo (17)
    And Amira Hussain is responsible for them, under Tom Barker
    And on Tuesday 1 December 2026 at 10:00

  @H11
  Scenario: A child on a plan dies; no gate stands before the end
    Given "A child protection plan ends, and nobody chose it" begins for Ada
    And Amira Hussain records "The child has died", because "the hospital rang"
    When Tom Barker records "The child has died" under "Confirm it", because "confirmed"
    Then nobody is responsible for Ada any more
    And the transfer has ended

  @H10 @H11
  Scenario: A family that moves is told to the new authority first
    Given "A child in need plan ends, and nobody chose it" begins
    And Amira Hussain records "The family has moved away", because "to York, on Friday"
    When Tom Barker records "The family has moved away" under "Confirm it", because "as told"
    Then it is refused
    And the refusal says "Tell the authority to which the family moved"
    When Amira Hussain records "They know, and have answered" for Ada and Bo, because "York's front door, by telephone, at 11"
    And Tom Barker records "The family has moved away" under "Confirm it", because "as told"
    Then nobody is responsible for Ada and Bo any more

  @H6
  Scenario: A second person confirms it
    Given "A single assessment ends, and nobody chose it" begins for Bo
    And Amira Hussain records "It is the 18th birthday", because "today"
    When Amira Hussain records "It is the 18th birthday" under "Confirm it"
    Then it is refused
    And the refusal cites H6

  @H9
  Scenario: What is not so changes nothing
    Given "A single assessment ends, and nobody chose it" begins for Bo
    And Amira Hussain records "The record is wrong", because "another Bo"
    When Tom Barker records "It is not so; everything goes on", because "it is him"
    Then Amira Hussain is responsible for Bo
    And the transfer has ended

  @H9 @H11
  Scenario Outline: Whatever is open can end by nobody's choice
    Given "<what>" begins for Bo
    And Amira Hussain records "<how>", because "<why>"
    When Tom Barker records "<how>" under "Confirm it", because "confirmed"
    Then nobody is responsible for Bo any more
    And the transfer has ended

    Examples:
      | what                                                       | how                      | why                        |
      | A multi-agency early help plan ends, and nobody chose it   | The child has died       | the hospital rang          |
      | A single agency response ends, and nobody chose it         | The record is wrong      | another Bo                 |
      | A single assessment ends, and nobody chose it              | The record is wrong      | another Bo                 |
      | A child in need plan ends, and nobody chose it             | The child has been adopted | the order of Friday      |
      | Being looked after ends, and nobody chose it               | It is the 18th birthday  | today                      |
      | Pathways ends, and nobody chose it                         | The child has died       | the police rang            |
      | A contact ends, and nobody chose it                        | The record is wrong      | another Bo                 |

  @H10 @H7
  Scenario: There is no authority that could be told, and a second person looks at what was tried
    Given "A multi-agency early help plan ends, and nobody chose it" begins for Bo
    And Amira Hussain records "The family has moved away", because "abroad, and nobody knows where"
    And Amira Hussain asks to go on without "Tell the authority to which the family moved" as not possible, because "the embassy knows nothing"
    When Tom Barker grants the exception to "Tell the authority to which the family moved", because "they are gone"
    Then it is refused
    When Sue Hirst grants the exception to "Tell the authority to which the family moved", because "police and health have it"
    And Tom Barker records "The family has moved away" under "Confirm it", because "as told"
    Then nobody is responsible for Bo any more
