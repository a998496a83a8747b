Feature: While a partner leads
  The lead sends in the early help assessment and the record of each team meeting; the supporting families team registers them;
  what is late is chased; early help ends when the plan is done.

  Background:
    Given Jo Reid is a lead practitioner
    And Dana Cole is the early help co-ordinator
    And Nora Finch is a supporting families team
    And Ruth Lane is a duty manager
    And Sam Okoro is a service manager
    And a family with the children Ada (9) and Bo (14)
    And Jo Reid is responsible for them, under Dana Cole
    And on Tuesday 1 December 2026 at 10:00
    And "Early help led by a partner" begins

  @Y14 @Y30 @Y31
  Scenario: The assessment starts filled in, and is due 20 working days from acceptance
    Given the field "What the family needs, and the plan" is filled in from the earlier plan
    And "Send in the early help assessment" is due on Thursday 31 December 2026
    When on Monday 14 December 2026 at 10:00
    And Jo Reid records "Send it to the supporting families team"
    Then the form lies in the queue "Supporting Families Team"
    And Nora Finch is asked to do "Register the early help assessment"

  @Y31
  Scenario: A late assessment is chased, then goes to the co-ordinator
    Given "Send in the early help assessment" is due on Thursday 31 December 2026
    When on Monday 4 January 2027 at 09:00
    Then "Send in the early help assessment" is overdue
    And Dana Cole is told that "Send in the early help assessment" is late

  @Y29
  Scenario: The supporting families team registers the assessment in time
    Given Jo Reid records "Send it to the supporting families team"
    And "Register the early help assessment" is due on Tuesday 8 December 2026
    When Nora Finch records "Registered" under "Register the early help assessment"
    Then "Register the early help assessment" is done
    And the form does not lie in the queue "Supporting Families Team"

  @Y29
  Scenario: Nobody but the team registers
    Given Jo Reid records "Send it to the supporting families team"
    When Jo Reid records "Registered" under "Register the early help assessment"
    Then it is refused
    And the refusal cites Y29
    And Nora Finch can put it right

  @Y30 @Y31
  Scenario: Nothing is registered that has not come
    When Nora Finch records "Registered" under "Register the early help assessment"
    Then it is refused
    And the refusal cites Y30 and Y31

  @Y30
  Scenario: An assessment that came by mail is registered all the same
    When Nora Finch records "It came as a paper of its own"
    And Nora Finch records "Registered" under "Register the early help assessment"
    Then "Register the early help assessment" is done

  @Y14
  Scenario: An assessment that does not say what the family needs is not sent
    When Jo Reid records "Send it to the supporting families team", without "the plan or where it is"
    Then it is refused
    And the refusal cites Y14

  @Y14
  Scenario: The first team meeting is held in time
    Given "Hold the first team around the child and family meeting" is due on Thursday 31 December 2026
    When on Monday 7 December 2026 at 10:00
    And Jo Reid records "The meeting was held; this is its record"
    And Nora Finch records "Registered" under "Register the record of a team meeting"
    Then "Hold the first team around the child and family meeting" is done

  @Y14
  Scenario: The first team meeting is late
    Given "Hold the first team around the child and family meeting" is due on Thursday 31 December 2026
    When on Monday 4 January 2027 at 09:00
    Then "Hold the first team around the child and family meeting" is overdue

  @Y41 @Y30
  Scenario: Each meeting has a record, again and again as long as the plan is open
    Given Jo Reid records "The meeting was held; this is its record" under "Hold the first team around the child and family meeting"
    And "Send in the record of a team around the child and family meeting" is due on Friday 15 January 2027
    When on Monday 11 January 2027 at 10:00
    And Jo Reid records "The meeting was held; this is its record" under "Send in the record of a team around the child and family meeting"
    Then "Send in the record of a team around the child and family meeting" is due on Monday 22 February 2027

  @Y41 @Y31
  Scenario: A late record is chased
    Given Jo Reid records "The meeting was held; this is its record" under "Hold the first team around the child and family meeting"
    And "Send in the record of a team around the child and family meeting" is due on Friday 15 January 2027
    When on Monday 18 January 2027 at 09:00
    Then "Send in the record of a team around the child and family meeting" is overdue
    And Dana Cole is told that "Send in the record of a team around the child and family meeting" is late

  @Y41
  Scenario: There is no later record before the first meeting
    When Jo Reid records "The meeting was held; this is its record" under "Send in the record of a team around the child and family meeting"
    Then it is refused
    And the refusal cites Y41

  @Y8 @Y3
  Scenario: The needs are met, the family knows, and early help ends
    Given Jo Reid records "The needs of the plan are met", because "both are in school every day"
    And Jo Reid records "The family knows"
    When Jo Reid records "Close; universal services only" for Ada and Bo
    Then nobody is responsible for Ada and Bo any more
    And the outcome for Ada and Bo is universal services

  @Y3
  Scenario: Early help does not end before the family knows
    Given Jo Reid records "The needs of the plan are met", because "both are in school every day"
    When Jo Reid records "Close; universal services only" for Ada
    Then it is refused
    And the refusal cites Y3

  @Y41
  Scenario: After a year somebody looks whether the plan is still right
    Given "Say why early help ends" is due on Wednesday 1 December 2027
    When on Thursday 2 December 2027 at 09:00
    Then "Say why early help ends" is overdue
    And Dana Cole is told that "Say why early help ends" is late
    When Dana Cole records "The needs of the plan are met", because "they manage"
    Then "Tell the family that early help ends, and how to come back" can be done now

  @Y9
  Scenario: The family says no, and the lead does not decide alone what that means
    When Jo Reid records "Close; universal services only" for Ada
    Then it is refused
    And the refusal says "Say why early help ends"
    When Jo Reid records "The family does not want it any more", because "they say they manage"
    Then "End early help with the family" begins for Ada and Bo
    And Jo Reid is responsible for Ada and Bo

  @Y41
  Scenario: Or the plan is done before
    Given "Say why early help ends" is due on Wednesday 1 December 2027
    When on Tuesday 1 June 2027 at 09:00
    And Jo Reid records "The needs of the plan are met", because "both are in school every day"
    Then "Say why early help ends" is done
