Feature: The way home from care
  A child who became looked after by emergency protective action comes home. A service manager decides it, and a child in need plan begins at once.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Sue Hirst is a service manager
    And a family with the children Ada (9) and Bo (14)
    And Amira Hussain is responsible for them, under Tom Barker
    And on Tuesday 1 December 2026 at 10:00
    And "End being looked after, because the child comes home" begins

  @L13 @H10
  Scenario: The child comes home in time, and nobody lets go
    Given "Decide whether the child comes home" is due on Tuesday 15 December 2026
    When Sue Hirst records "The child comes home" for Bo, because "the grandmother lives there now"
    And Amira Hussain records "End the care; the child in need plan begins" for Bo
    Then Amira Hussain is responsible for Bo under "Child in need plan"
    And the main contact of Bo is Amira Hussain
    And Amira Hussain is responsible for Ada under "Looked after"
    When Sue Hirst records "The child stays looked after" for Ada, because "not yet safe"
    Then Amira Hussain is responsible for Ada under "Looked after"
    And the transfer has ended

  @L13
  Scenario: Care does not end by the social worker's word alone
    When Amira Hussain records "End the care; the child in need plan begins" for Bo
    Then it is refused
    And the refusal says "Decide whether the child comes home"
    When Amira Hussain records "The child comes home" for Bo, because "he wants to"
    Then it is refused
    And the refusal cites L13
    And Sue Hirst can put it right

  @L13 @H8
  Scenario: The decision is late
    When on Wednesday 16 December 2026
    Then "Decide whether the child comes home" is overdue
    And Tom Barker is told that "Decide whether the child comes home" is late
