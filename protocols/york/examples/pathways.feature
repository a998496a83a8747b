@Y42 @Y43 @Y44 @Y7
Feature: Pathways until 25
  As a young person who was in care approaches 21, their worker finds out whether they need continued support. Who needs none is
  offered a duty service until 25; with the others Pathways stays involved. Nobody is left without somebody who answers.

  Background:
    Given Pat Moss is a Pathways worker
    And Gil Ward is a Pathways manager
    And Dee Lowe is a Pathways duty worker
    And Sam Okoro is a service manager
    And a family with the children Kit (20)
    And Pat Moss is responsible for them, under Gil Ward
    And on Tuesday 1 December 2026 at 10:00

  Scenario: Whoever needs no more support is stepped down to the offer of a duty service
    Given "Reassess what a young person needs before they turn 21" begins
    When Pat Moss records "Their view is written down"
    And Pat Moss records "They need no continued support", because "Kit has work and a tenancy"
    And Gil Ward records "The outcome is right"
    And Pat Moss records "They have the letter" for Kit
    And Pat Moss records "The visit was made"
    And Pat Moss records "Step down; the duty service is offered"
    Then Dee Lowe is responsible for Kit

  Scenario: Nobody is stepped down without the letter that says whom they can ring
    Given "Reassess what a young person needs before they turn 21" begins
    And Pat Moss records "Their view is written down"
    And Pat Moss records "They need no continued support", because "Kit has work and a tenancy"
    And Gil Ward records "The outcome is right"
    And Pat Moss records "The visit was made"
    When Pat Moss records "Step down; the duty service is offered"
    Then it is refused
    And the refusal says "Write to them what the duty service offers"
    And the refusal cites Y43
    And nothing else stands in the way
    And Pat Moss is responsible for Kit

  Scenario: A letter that may endanger them is left out when a second person agrees
    Given "Reassess what a young person needs before they turn 21" begins
    And Pat Moss records "Their view is written down"
    And Pat Moss records "They need no continued support", because "Kit has work and a tenancy"
    And Gil Ward records "The outcome is right"
    And Pat Moss records "The visit was made"
    And Pat Moss asks to go on without "Write to them what the duty service offers" as unsafe, because "the partner opens Kit's post"
    When Pat Moss records "Step down; the duty service is offered"
    Then it is refused
    And the refusal says "Write to them what the duty service offers"
    When Gil Ward grants the exception to "Write to them what the duty service offers", because "Pat told Kit on the visit"
    And Pat Moss records "Step down; the duty service is offered"
    Then Dee Lowe is responsible for Kit

  Scenario: The reassessment begins with the young person's own view
    Given "Reassess what a young person needs before they turn 21" begins
    When Pat Moss records "They need continued support", because "Kit lost the tenancy"
    Then it is refused
    And the refusal says "Hear what the young person thinks they need"
    And the refusal cites Y42

  Scenario: With others Pathways stays involved
    Given "Reassess what a young person needs before they turn 21" begins
    And Pat Moss records "Their view is written down"
    And Pat Moss records "They need continued support", because "Kit lost the tenancy"
    And Gil Ward records "The outcome is right"
    When Pat Moss records "Pathways stays involved"
    Then Pat Moss is responsible for Kit

  Scenario: Pathways stays only after a manager has looked
    Given "Reassess what a young person needs before they turn 21" begins
    And Pat Moss records "Their view is written down"
    And Pat Moss records "They need continued support", because "Kit lost the tenancy"
    When Pat Moss records "Pathways stays involved"
    Then it is refused
    And the refusal says "Oversee the outcome"
    And Gil Ward can put it right

  Scenario: Pathways' support ends at 25 and not before
    Given "Prepare the end of Pathways' support at 25" begins
    And everything before "End Pathways' support" is done
    When Pat Moss records "Pathways' support ends"
    Then it is refused
    And the refusal cites Y44

  Scenario: At 25 the prepared ending is made
    Given the records say that a young person is 25
    And "Prepare the end of Pathways' support at 25" begins
    And everything before "End Pathways' support" is done
    When Pat Moss records "Pathways' support ends"
    Then nobody is responsible for Kit any more

  Scenario: The reassessment is done in time
    Given "Reassess what a young person needs before they turn 21" begins
    And Pat Moss records "Their view is written down"
    And Pat Moss records "They need continued support", because "Kit lost the tenancy"
    And Gil Ward records "The outcome is right"
    And "Stay involved until they are 25" is due on Monday 1 March 2027
    When on Monday 1 February 2027 at 10:00
    And Pat Moss records "Pathways stays involved"
    Then Pat Moss is responsible for Kit

  Scenario: The reassessment takes too long, and the manager hears of it
    Given "Reassess what a young person needs before they turn 21" begins
    When on Wednesday 3 March 2027 at 10:00
    Then "Hear what the young person thinks they need" is overdue
    And Gil Ward is told that "Hear what the young person thinks they need" is late

  Scenario: The ending is prepared in time
    Given "Prepare the end of Pathways' support at 25" begins
    And "Make the ending visit" is due on Tuesday 1 June 2027
    When on Monday 3 May 2027 at 10:00
    Then Pat Moss records "The visit was made"

  Scenario: The ending is not prepared in time
    Given "Prepare the end of Pathways' support at 25" begins
    When on Thursday 3 June 2027 at 10:00
    Then "Make the ending visit" is overdue
    And Gil Ward is told that "Make the ending visit" is late

  Scenario: The offer of the duty service is repeated every year
    Given Dee Lowe is responsible for them, under Gil Ward
    And "Offer a duty service until 25" begins
    And "Write to them again that the offer stands" is due on Wednesday 1 December 2027
    And on Monday 1 November 2027 at 10:00
    And Dee Lowe records "They have the letter" for Kit
    Then "Write to them again that the offer stands" is due on Wednesday 1 November 2028

  Scenario: A year's letter is left out only by a manager
    Given Dee Lowe is responsible for them, under Gil Ward
    And "Offer a duty service until 25" begins
    And on Monday 1 November 2027 at 10:00
    When Dee Lowe records "No letter this time" for Kit, because "the partner opens Kit's post"
    Then it is refused
    When Gil Ward records "No letter this time" for Kit, because "the partner opens Kit's post; Dee rang"
    Then "Write to them again that the offer stands" is due on Wednesday 1 November 2028

  Scenario: The offer is not repeated in time
    Given Dee Lowe is responsible for them, under Gil Ward
    And "Offer a duty service until 25" begins
    When on Friday 3 December 2027 at 10:00
    Then "Write to them again that the offer stands" is overdue

  Scenario: Whoever asks is taken on again at once
    Given Dee Lowe is responsible for them, under Gil Ward
    And "Offer a duty service until 25" begins
    When Dee Lowe records "They are taken on again", choosing Pat Moss, because "Kit's tenancy is at risk"
    Then Pat Moss is responsible for Kit

  Scenario: The offer ends at 25, with a letter
    Given Dee Lowe is responsible for them, under Gil Ward
    And the records say that a young person is 25
    And "Offer a duty service until 25" begins
    And "End the offer, because they are 25" is due on Monday 1 December 2031
    When Dee Lowe records "They have the letter" for Kit
    And Dee Lowe records "The offer ends"
    Then nobody is responsible for Kit any more

  Scenario: The offer ends by itself on the 25th birthday, with a letter, and not before
    Given Dee Lowe is responsible for them, under Gil Ward
    And "Offer a duty service until 25" begins
    And Dee Lowe is responsible for Kit
    When the records say that a young person is 25
    Then "Write to them that the offer ends" is done
    And nobody is responsible for Kit any more
    And the outcome for Kit is aged 25

  Scenario: The offer should have ended long ago
    Given Dee Lowe is responsible for them, under Gil Ward
    And the records say that a young person is 25
    And "Offer a duty service until 25" begins
    When on Wednesday 3 December 2031 at 10:00
    Then "End the offer, because they are 25" is overdue
    And Gil Ward is told that "End the offer, because they are 25" is late
