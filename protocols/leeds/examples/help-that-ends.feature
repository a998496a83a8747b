Feature: Help that ends, and a family that says no to it
  Help ends once the needs are met, and the family knows how to come back. A family can say no at any time: consent is not live from that moment, and
  whoever helps stays responsible until a manager has decided what it means for the child.

  Background:
    Given Nina Patel is a lead practitioner
    And Ben Carter is a single agency practitioner
    And Grace Obi is a targeted services leader
    And Sue Hirst is a service manager
    And Ruth Lane is a duty manager
    And a family with the children Ada (9) and Bo (14)

  Rule: The needs are met

    Background:
      Given Nina Patel is responsible for them, under Grace Obi
      And on Tuesday 1 December 2026 at 10:00
      And "End a multi-agency early help plan, because the needs are met" begins

    @L3
    Scenario: Early help ends well
      Given "Say how the needs are met" is due on Tuesday 15 December 2026
      When Nina Patel records "The needs are met", because "he sleeps, and is at school each day"
      And Nina Patel records "The family knows"
      And Nina Patel records "Every agency was told"
      And Nina Patel records "Close; the needs are met"
      Then nobody is responsible for Ada and Bo any more
      And the outcome for Ada and Bo is needs met
      And the transfer has ended

    @L3 @L24
    Scenario: The help does not close before the family and the agencies know
      Given Nina Patel records "The needs are met", because "he sleeps, and is at school each day"
      When Nina Patel records "Every agency was told", without "every agency told"
      Then it is refused
      And the refusal cites L24
      When Nina Patel records "Close; the needs are met" for Ada
      Then it is refused
      And the refusal says "Tell the family that the help ends, and how to come back"
      And the refusal cites L24 and L25
      And Nina Patel is responsible for Ada and Bo

    @L3 @H7
    Scenario: A family that cannot be reached is no wall
      Given Nina Patel records "The needs are met", because "he sleeps, and is at school each day"
      And Nina Patel asks to go on without "Tell the family that the help ends" as not possible, because "two visits, a letter"
      When Nina Patel grants the exception to "Tell the family that the help ends", because "I am sure"
      Then it is refused
      When Grace Obi grants the exception to "Tell the family that the help ends", because "the school will tell them"
      And Nina Patel records "Every agency was told"
      And Nina Patel records "Close; the needs are met"
      Then nobody is responsible for Ada and Bo any more

    @L3
    Scenario: They are not met after all
      Given Nina Patel records "The needs are met", because "he sleeps, and is at school each day"
      When Nina Patel records "They are not met after all", because "it began again at half-term"
      Then Nina Patel is responsible for Ada and Bo
      And the outcome for Ada and Bo is help goes on
      And the transfer has ended

    @L3 @H3
    Scenario: The help does not close over an undecided concern
      Given Nina Patel records "The needs are met", because "he sleeps, and is at school each day"
      And Nina Patel records "The family knows"
      And Nina Patel records "Every agency was told"
      And Nina Patel records "Reported"
      When Nina Patel records "Close; the needs are met" for Ada
      Then it is refused
      And the refusal cites H3

    @L3 @H8
    Scenario: An end of help that takes too long
      When on Wednesday 16 December 2026
      Then "Say how the needs are met" is overdue
      And Grace Obi is told that "Say how the needs are met" is late

  Rule: The family says no to its early help plan

    Background:
      Given Nina Patel is responsible for them, under Grace Obi
      And on Tuesday 1 December 2026 at 10:00
      And "Record that a family says no to its multi-agency early help plan" begins
      And "Record what the family says" is due on Tuesday 8 December 2026

    @LAW1 @L16
    Scenario: Consent is taken back; the manager decides, and the family is told how to come back
      Given Nina Patel records "Consent withdrawn"
      And consent is not live
      And Nina Patel is responsible for Ada and Bo
      And "Decide what it means for the child that the family says no" is due on Tuesday 8 December 2026 at 17:00
      When Nina Patel records "End the help", because "they do not want me"
      Then it is refused
      And the refusal cites L16
      And Grace Obi can put it right
      When Grace Obi records "End the help", because "nothing speaks of harm, and they manage"
      Then Nina Patel is responsible for Ada and Bo
      When Nina Patel records "Close; the family does not want the help" for Ada
      Then it is refused
      And the refusal says "Tell the family that the help ends, and how to come back"
      When Nina Patel records "The family knows"
      And Nina Patel records "Every agency was told"
      And Nina Patel records "Close; the family does not want the help"
      Then nobody is responsible for Ada and Bo any more
      And the outcome for Ada and Bo is family declined

    @LAW1 @L16
    Scenario: It says who took consent back
      When Nina Patel records "Consent withdrawn", without "whose consent it is"
      Then it is refused
      And the refusal cites LAW1

    @LAW1 @L16 @H8
    Scenario: The manager has not decided in time
      Given Nina Patel records "Consent refused"
      When on Tuesday 8 December 2026 at 17:00
      Then "Decide what it means for the child that the family says no" is not overdue
      When on Wednesday 9 December 2026
      Then "Decide what it means for the child that the family says no" is overdue
      And Grace Obi is told that "Decide what it means for the child that the family says no" is late
      And Nina Patel is responsible for Ada and Bo

    @LAW1 @L16
    Scenario: It is offered again, and the family says yes
      Given Nina Patel records "Consent refused"
      And Grace Obi records "Offer it again", because "a misunderstanding about the letter"
      When Nina Patel records "Consent given; the help goes on"
      Then consent is live
      And Nina Patel is responsible for Ada and Bo
      And the transfer has ended

    @LAW1 @L16
    Scenario: It is offered again, the family stays silent, and the manager decides otherwise
      Given Nina Patel records "Consent refused"
      And Grace Obi records "Offer it again", because "a misunderstanding about the letter"
      When Sue Hirst records "End the help", because "they know whom to ring"
      And Nina Patel records "The family knows"
      And Nina Patel records "Every agency was told"
      And Nina Patel records "Close; the family does not want the help"
      Then nobody is responsible for Ada and Bo any more

    @LAW1 @L16
    Scenario: What the family says is not written down in time, and the manager decides without it
      When on Wednesday 9 December 2026
      Then "Record what the family says" is overdue
      And Grace Obi is asked to do "Decide what it means for the child that the family says no"

    @LAW1 @L5
    Scenario: Duty and Advice is asked first, and the decision stays the manager's
      Given Nina Patel records "Consent withdrawn"
      When Grace Obi records "Ask Duty and Advice first", because "three of their friends were taken ill"
      Then the transfer goes on
      And Grace Obi is asked to do "Decide what it means for the child that the family says no"
      And Nina Patel is responsible for Ada and Bo

  Rule: The family says no to the help of one agency

    Background:
      Given Ben Carter is responsible for them, under Grace Obi
      And on Tuesday 1 December 2026 at 10:00
      And "Record that a family says no to the help of one agency" begins

    @LAW1 @L16
    Scenario: The parents disagree, and one parent's consent suffices
      Given Ben Carter records "The parents disagree", because "he wants nobody of the school in it"
      And consent is not live
      When Ben Carter records "Consent given; the help goes on"
      Then it is refused
      When Grace Obi records "One parent's consent suffices", because "the children live with her"
      Then consent is live
      And Ben Carter is responsible for Ada and Bo
      And the transfer has ended

    @L6 @LAW1
    Scenario: Whoever fears harm reports it at once, and does not wait for the decision
      Given Ben Carter records "Consent withdrawn"
      When Ben Carter records "Reported" under "Report a safeguarding concern"
      Then Ruth Lane is asked to do "Decide on the safeguarding concern"
