Feature: A contact that is left open for one child
  A child's early help ended while a contact about the family was on its way. That contact goes on without the child, and Duty and Advice answers for theirs.

  Background:
    Given Mel Brook is of Duty and Advice
    And Ruth Lane is a duty manager
    And Amira Hussain is a social worker
    And a family with the children Bo (14)
    And Mel Brook is responsible for them, under Ruth Lane
    And on Tuesday 1 December 2026 at 10:00
    And "Answer a contact that is left open for a child" begins

  @L5 @H11
  Scenario: Nothing more is needed, and the contact closes
    When Mel Brook records "Nothing more is needed" for Bo, because "the plan ended well"
    And Mel Brook records "Close it"
    Then nobody is responsible for Bo any more
    And the transfer has ended

  @L9 @H11
  Scenario: A single assessment begins for the child
    When Ruth Lane records "A single assessment begins" for Bo, choosing Amira Hussain, because "what was asked is so for him too"
    Then Amira Hussain is responsible for Bo under "Child and family single assessment"
    And the main contact of Bo is Amira Hussain

  @L5
  Scenario: It is not closed without a decision
    When Mel Brook records "Close it"
    Then it is refused
    And the refusal says "Decide what follows for this child"

  @L6 @H3
  Scenario: It does not close over an undecided concern
    Given Mel Brook records "Nothing more is needed" for Bo, because "the plan ended well"
    And Ruth Lane records "Reported"
    When Mel Brook records "Close it"
    Then it is refused
    And the refusal cites H3

  @L5
  Scenario: Duty and Advice does not answer within a working day
    Given "Decide what follows for this child" is due on Wednesday 2 December 2026
    When on Thursday 3 December 2026 at 09:00
    Then "Decide what follows for this child" is overdue
    And Ruth Lane is told that "Decide what follows for this child" is late
