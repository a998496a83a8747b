Feature: Everybody is told, and has it in writing
  Universal services only: every agency involved is told. On every step down the family and each relevant agency have a letter.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Grace Obi is a targeted services leader
    And Nina Patel is a lead practitioner
    And a family with the children Ada (9) and Bo (14)
    And Amira Hussain is responsible for them, under Tom Barker
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a child in need plan" begins
    And Amira Hussain records "The needs have been met", because "he is safe and well"
    And Amira Hussain records "Universal services only" under "Choose what follows", because "the school has it in hand"

  @L24
  Scenario: Every agency involved is told, and the case closes without a lead
    Given everything before "Tell every agency involved" is done
    When Amira Hussain records "Every agency was told"
    Then "Tell every agency involved" is done
    Given everything before "Close to social work" is done
    When Amira Hussain records "Close; universal services only"
    Then nobody is responsible for Ada and Bo any more
    And the outcome for Ada and Bo is universal services
    And the transfer has ended

  @L24
  Scenario: One agency was not told
    Given everything before "Tell every agency involved" is done
    When Amira Hussain records "Every agency was told", without "every agency told"
    Then it is refused
    And the refusal says "An agency that works with the children has not been told yet"
    And the refusal quotes L24, "this must be clearly communicated to those agencies currently involved with the child and family"

  @L24
  Scenario: Nothing closes before they are told
    Given everything before "Close to social work" is done, except "Tell every agency involved"
    When Amira Hussain records "Close; universal services only" for Ada
    Then it is refused
    And the refusal says "Tell every agency involved that universal services meet the need"
    And the refusal cites L24

  @L16 @L24
  Scenario: Universal services need no consent and no lead
    Then "Ask the family for consent to what follows" does not apply
    And "Ask a practitioner to take over" does not apply
    And "Send the summary of advice" does not apply

  @L25
  Scenario: A letter to each parent or carer, and one to each agency
    Given everything before "Write to the family what is happening" is done
    When Amira Hussain records "A letter to each parent or carer"
    And Amira Hussain records "A letter to each agency"
    Then "Write to the family what is happening" and "Write to each relevant agency what is happening" is done

  @L25
  Scenario: A parent or an agency has no letter yet
    Given everything before "Write to the family what is happening" is done
    When Amira Hussain records "A letter to each parent or carer", without "a letter to each parent or carer"
    Then it is refused
    And the refusal says "There is no letter yet to each parent or carer of the household"
    And the refusal quotes L25, "confirm what is happening in writing to the family and to the relevant agencies"
    When Amira Hussain records "A letter to each agency", without "a letter to each agency"
    Then it is refused
    And the refusal says "There is no letter yet to each agency"

  @L25
  Scenario: Nothing closes before the letters are written
    Given everything before "Close to social work" is done, except "Write to the family what is happening"
    When Amira Hussain records "Close; universal services only" for Ada
    Then it is refused
    And the refusal says "Write to the family what is happening"
    And the refusal cites L25

  @L25
  Scenario: A letter to one parent would put somebody at risk; a manager says so, and the others are sent
    Given everything before "Write to the family what is happening" is done
    When Amira Hussain records "Not to all of them", because "he must not know where they live"
    Then it is refused
    And Tom Barker can put it right
    When Tom Barker records "Not to all of them", because "he must not know where they live"
    Then "Write to the family what is happening" is done

  @L25 @H7
  Scenario: No letter at all would be safe
    Given Amira Hussain asks to go on without "Write to the family what is happening" as unsafe, because "every letter is opened by him"
    When Amira Hussain grants the exception to "Write to the family what is happening", because "I am sure"
    Then it is refused
    When Tom Barker grants the exception to "Write to the family what is happening", because "told her by word of mouth"
    Then "Write to the family what is happening" is excepted

  @L25 @H7
  Scenario: There is nobody at home to write to; a second person decides how else the family is told
    Given Amira Hussain asks to go on without "Write to the family what is happening" as not possible, because "she has no address, and stays with friends"
    When Tom Barker grants the exception to "Write to the family what is happening", because "told her by telephone, and the school will again"
    Then "Write to the family what is happening" is excepted
