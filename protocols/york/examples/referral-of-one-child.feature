Feature: A referral that is left open for one child
  A child's early help ended while a referral of the family was on its way. The step up goes on without that child, and MASH decides on theirs.

  Background:
    Given Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Priya Nair is a social work team manager
    And a family with the children Bo (14)
    And Ifeoma Eze is responsible for them, under Ruth Lane
    And on Tuesday 1 December 2026 at 10:00
    And "Decide a referral that is left open for a child" begins

  @Y47 @H11
  Scenario: Nothing more is needed, and the referral closes
    When Ifeoma Eze records "Nothing more is needed of MASH" for Bo, because "early help ended well; the school sees him daily"
    And Ifeoma Eze records "Close it"
    Then nobody is responsible for Bo any more
    And the outcome for Bo is referral closed
    And the transfer has ended

  @Y47 @H11
  Scenario: Social work takes the child on
    When Ifeoma Eze records "Social work. An assessment is needed" for Bo, because "what was referred is so for him too"
    Then Priya Nair is responsible for Bo under "Single assessment"
    And the main contact of Bo is Priya Nair

  @Y47
  Scenario: It is not closed without a decision
    When Ifeoma Eze records "Close it"
    Then it is refused
    And the refusal says "Decide on the referral of this child"
    And Ifeoma Eze is responsible for Bo

  @Y52 @H3
  Scenario: It does not close over an undecided concern
    Given Ifeoma Eze records "Nothing more is needed of MASH" for Bo, because "early help ended well"
    And Ruth Lane records "Reported"
    When Ifeoma Eze records "Close it"
    Then it is refused
    And the refusal cites H3

  @Y47
  Scenario: MASH does not decide within a working day
    Given "Decide on the referral of this child" is due on Wednesday 2 December 2026
    When on Thursday 3 December 2026 at 09:00
    Then "Decide on the referral of this child" is overdue
    And Ruth Lane is told that "Decide on the referral of this child" is late
