Feature: Deciding what follows social work
  Social work ends for a reason that is written down. Three ways lead on, each with its own requirements, and the review meeting or
  the conference agrees to it; from the assessment the family does.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Grace Obi is a targeted services leader
    And Sue Hirst is a service manager
    And Nina Patel is a lead practitioner
    And Ben Carter is a single agency practitioner
    And Ruth Lane is a duty manager
    And a family with the children Ada (9) and Bo (14)
    And Amira Hussain is responsible for them, under Tom Barker

  Rule: From the child and family assessment

    Background:
      Given "Authorise the child and family assessment" was done by Tom Barker on Tuesday 1 December 2026 at 09:30
      And on Tuesday 1 December 2026 at 10:00
      And "Step down from the child and family assessment" begins

    @L15
    Scenario: The reason stands before anything else is chosen
      When Amira Hussain records "The threshold for social work is not met", because "one need, and the school meets it"
      Then "Say why social work can end" is done
      And "Choose what follows" can be done now

    @L15
    Scenario: Nothing follows before the reason is written down
      When Amira Hussain records "Universal services only" under "Choose what follows", because "they manage well"
      Then it is refused
      And the refusal says "“Say why social work can end” is not done yet"
      And the refusal quotes L15, "because the needs have been met and/or the risks to the child have decreased"
      And nothing else stands in the way

    @L15
    Scenario: The reason is more than a tick
      When Amira Hussain records "The family declines social work"
      Then a reason is asked for

    @L15
    Scenario: A step down that is done in time
      Given "Say why social work can end" is due on Friday 15 January 2027
      When on Thursday 14 January 2027
      And Amira Hussain records "The needs have been met", because "he is safe and well"
      Then the transfer goes on

    @L15 @H8
    Scenario: A step down that has taken too long is told to the team manager
      When on Monday 18 January 2027
      Then "Say why social work can end" is overdue
      And Tom Barker is told that "Say why social work can end" is late

    @L2 @L16
    Scenario: The three ways on
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      When Amira Hussain records "A single agency response" under "Choose what follows", because "the school nurse is all that is needed"
      Then the transfer leads to "a single agency response"
      And "Write the early help plan" does not apply
      And "Tell every agency involved that universal services meet the need" does not apply
      And "Ask a practitioner to take over" has to wait

    @L3
    Scenario: One practitioner of one agency helps, and no assessment or plan of several agencies is asked
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A single agency response" under "Choose what follows", because "the school nurse is all that is needed"
      And everything before "Close to social work" is done, with Ben Carter to lead
      When Amira Hussain records "Close; the single agency response begins"
      Then Ben Carter is responsible for Ada and Bo under "Single agency response"
      And the outcome for Ada and Bo is single agency

    @L3
    Scenario: A multi-agency response has an early help plan of several agencies
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"
      When Amira Hussain records "The plan is ready", without "a second agency"
      Then it is refused
      And the refusal says "names nobody of a second agency"
      And the refusal quotes L3, "a multi-agency Early Help Assessment and Early Help Plan"
      And nothing else stands in the way

    @L16
    Scenario: A multi-agency plan names a need that goes on
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"
      When Amira Hussain records "The plan is ready", without "an outstanding need"
      Then it is refused
      And the refusal cites L16

    @L2
    Scenario: Step down to a lead practitioner of another agency
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"
      And everything before "Close to social work" is done, with Nina Patel to lead
      When Amira Hussain records "Close; the multi-agency early help plan begins"
      Then Nina Patel is responsible for Ada and Bo under "Multi-agency early help plan"
      And the main contact of Ada and Bo is Nina Patel

    @L2
    Scenario: Nobody takes a family out of social work by themselves
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"
      And everything before "Close to social work" is done, with Nina Patel to lead
      When Nina Patel records "Close; the multi-agency early help plan begins" for Ada
      Then it is refused
      And the refusal cites L2
      And nothing else stands in the way
      And Amira Hussain is responsible for Ada and Bo

    @L17
    Scenario: From the assessment the family's own agreement is recorded
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A single agency response" under "Choose what follows", because "the school nurse is all that is needed"
      When Amira Hussain records "The family agrees to it"
      Then "Agree with the family to what follows" is done

    @L17 @H7
    Scenario: A family that cannot be reached is no wall
      Given Amira Hussain records "The threshold for social work is not met", because "one need, and the school meets it"
      And Amira Hussain records "Universal services only" under "Choose what follows", because "the school has it in hand"
      And Amira Hussain asks to go on without "Agree with the family to what follows" as not possible, because "three visits, two letters"
      When Tom Barker grants the exception to "Agree with the family to what follows", because "everything was tried"
      Then "Agree with the family to what follows" is excepted

    @LAW1 @L16 @H2
    Scenario: Early help needs consent, which the source does not name and the law does
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A single agency response" under "Choose what follows", because "the school nurse is all that is needed"
      When Amira Hussain records "Somebody of an agency already involved was asked", choosing Ben Carter
      Then it is refused
      And the refusal says "Ask the family for consent to what follows"
      And the refusal cites LAW1

    @LAW1 @H8
    Scenario: The family says no; within five working days a manager decides what that means
      Given Amira Hussain records "The needs have been met", because "he is safe and well"
      And Amira Hussain records "A single agency response" under "Choose what follows", because "the school nurse is all that is needed"
      When Amira Hussain records "Consent refused"
      Then Tom Barker is asked to do "Decide what it means for the child that there is no consent"
      And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026 at 17:00
      And Amira Hussain is responsible for Ada and Bo
      When on Tuesday 8 December 2026 at 17:00
      Then "Decide what it means for the child that there is no consent" is not overdue
      When Tom Barker records "Offer it again", because "they want to think it over"
      Then "Ask the family for consent to what follows" can be done now
      When on Wednesday 9 December 2026
      Then "Decide what it means for the child that there is no consent" is overdue
      And Tom Barker is told that "Decide what it means for the child that there is no consent" is late
      When Tom Barker records "Universal services only, and tell the family" under "Decide what it means", because "they manage well"
      Then the transfer leads to "universal services"

  Rule: From a child in need plan

    Background:
      Given on Tuesday 1 December 2026 at 10:00
      And "Step down from a child in need plan" begins
      And Amira Hussain records "The risks to the child have decreased", because "he has moved out"
      And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"

    @L15
    Scenario: Needs met, risks decreased, or both
      When Amira Hussain records "The needs have been met and the risks have decreased", because "both"
      Then "Say why social work can end" is done

    @L17
    Scenario: The review meeting discusses and agrees it
      Given everything before "Discuss and agree it" is done
      When Amira Hussain records "Discussed and agreed"
      Then "Discuss and agree it" is done
      And Amira Hussain is responsible for Ada and Bo

    @L17
    Scenario: Nothing closes without the review
      Given everything before "Close to social work" is done, with Nina Patel to lead, except "Discuss and agree it"
      When Amira Hussain records "Close; the multi-agency early help plan begins" for Ada
      Then it is refused
      And the refusal says "Discuss and agree it at the child in need review meeting or the review child protection conference"
      And the refusal quotes L17, "should be discussed and agreed at a Child in Need review meeting, or review Child Protection Conference"

    @L17
    Scenario: A review without the family is agreed by the manager, with the reason
      Given everything before "Discuss and agree it" is done
      When Amira Hussain records "Agreed without the family", because "they did not come"
      Then it is refused
      And Tom Barker can put it right
      When Tom Barker records "Agreed without the family", because "invited twice, and did not come"
      Then "Discuss and agree it" is done

    @L17
    Scenario: The review does not agree, so what follows is chosen anew
      Given everything before "Discuss and agree it" is done
      When Amira Hussain records "Not agreed; the plan goes on", because "too soon"
      Then "Choose what follows" can be done now

  Rule: From a child protection plan

    Background:
      Given on Tuesday 1 December 2026 at 10:00
      And a child protection plan is open about the household
      And "Step down from a child protection plan" begins
      And Amira Hussain records "The risks to the child have decreased", because "he has moved out"
      And Amira Hussain records "Universal services only" under "Choose what follows", because "the school has it in hand"

    @L17 @LAW3 @H5
    Scenario: A child protection plan ends by its conference, and by no other act
      When Tom Barker records "Close; universal services only" for Ada
      Then it is refused
      And the refusal says "child protection plan, which only its conference ends"
      And the refusal cites H5 and LAW3
      Given everything before "Close to social work" is done
      When Amira Hussain records "Close; universal services only"
      Then nobody is responsible for Ada and Bo any more
