Feature: Advice from MASH
  Who leads early help talks with their line manager, asks a social worker of MASH, and refers if necessary. A concern never goes this way.

  Background:
    Given Chidi Obi is a child and family support practitioner
    And Marcus Webb is a practice manager
    And Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Dana Cole is the early help co-ordinator
    And Jo Reid is a lead practitioner
    And a family with the children Ada (9) and Bo (14)
    And on Tuesday 1 December 2026 at 10:00

  @Y54
  Scenario: The line manager comes first
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    When Chidi Obi records "We agreed to ask MASH", because "is this neglect?"
    Then "Ask a social worker of MASH" can be done now

  @Y54
  Scenario: Without the line manager no advice is asked
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    When Chidi Obi records "Send the question", because "is this neglect?"
    Then it is refused
    And the refusal says "Talk with your line manager first"
    And the refusal cites Y54

  @Y54
  Scenario: A manager who cannot be reached holds nobody up
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    When Chidi Obi records "No manager could be reached", because "both are at court"
    Then "Ask a social worker of MASH" can be done now

  @Y54
  Scenario: What the manager can answer needs no advice
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    When Chidi Obi records "We agreed that no advice is needed", because "the plan says it already"
    Then the transfer has ended
    And Chidi Obi is responsible for Ada and Bo

  @Y54 @Y52
  Scenario: A concern never waits for the line manager
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    When Chidi Obi records "Reported"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"

  @Y53
  Scenario: A social worker of MASH answers
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    And everything before "Answer the question" is done
    And the form lies in the queue "MASH"
    And "Answer the question" is due on Wednesday 2 December 2026
    When Ifeoma Eze records "Advice; early help goes on", because "ask the health visitor to weigh him"
    And Chidi Obi records "Early help goes on" under "Say what follows from the advice"
    Then the transfer has ended
    And Chidi Obi is responsible for Ada and Bo

  @Y53
  Scenario: Nobody but MASH answers
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    And everything before "Answer the question" is done
    When Marcus Webb records "Advice; early help goes on", because "I would wait"
    Then it is refused
    And the refusal cites Y53
    And Ifeoma Eze can put it right

  @Y53 @H8
  Scenario: A question without an answer is late
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    And everything before "Answer the question" is done
    When on Thursday 3 December 2026 at 09:00
    Then "Answer the question" is overdue
    And Marcus Webb is told that "Answer the question" is late

  @Y53
  Scenario: Advice leads to a step up
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Ask MASH for advice" begins
    And everything before "Answer the question" is done
    And Ifeoma Eze records "A referral is needed", because "this is neglect"
    When Chidi Obi records "I step up, as a worker of targeted early help"
    Then the transfer has ended

  @Y53
  Scenario: A partner goes straight to MASH
    Given Jo Reid is responsible for them, under Dana Cole
    And "Ask MASH for advice" begins
    When Jo Reid records "I lead as a partner, and go straight to MASH"
    Then "Ask a social worker of MASH" can be done now

  @Y53 @H8
  Scenario: A wish for advice that goes nowhere is seen
    Given Jo Reid is responsible for them, under Dana Cole
    And "Ask MASH for advice" begins
    And "Talk with your line manager first" is due on Tuesday 15 December 2026
    When on Wednesday 16 December 2026 at 09:00
    Then "Talk with your line manager first" is overdue
    And Dana Cole is told that "Talk with your line manager first" is late

  @Y53 @H8
  Scenario: A wish for advice has its time as a whole
    Given Jo Reid is responsible for them, under Dana Cole
    And "Ask MASH for advice" begins
    And "Talk with your line manager first" is due on Tuesday 15 December 2026
    When Jo Reid records "I lead as a partner, and go straight to MASH"
    Then "Talk with your line manager first" is done
