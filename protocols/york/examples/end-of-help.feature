Feature: The end of early help, and of the help of one service
  Help ends because the needs are met, or because the family says no. Their no counts at once; a manager decides what it means for the
  children, and whoever helps stays responsible until then.

  Background:
    Given Chidi Obi is a child and family support practitioner
    And Marcus Webb is a practice manager
    And Jo Reid is a lead practitioner
    And Dana Cole is the early help co-ordinator
    And Ruth Lane is a duty manager
    And Sam Okoro is a service manager
    And a family with the children Ada (9) and Bo (14)
    And on Tuesday 1 December 2026 at 10:00

  Rule: Targeted early help

    Background:
      Given Chidi Obi is responsible for them, under Marcus Webb
      And "End early help with the family" begins

    @Y8 @Y6 @Y3
    Scenario: The needs are met, the family knows how to come back, and help ends
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      And Chidi Obi records "The family knows"
      When Chidi Obi records "Close; the needs are met"
      Then nobody is responsible for Ada and Bo any more
      And the outcome for Ada and Bo is universal services
      And the transfer has ended

    @Y3
    Scenario: Help does not end before the family knows how to come back
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      When Chidi Obi records "Close; the needs are met"
      Then it is refused
      And the refusal says "Tell the family that the help ends, and how to come back"
      And the refusal cites Y3
      And Chidi Obi is responsible for Ada and Bo

    @Y3
    Scenario: A family that wants no conversation can be let go when a second person agrees
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      And Chidi Obi asks to go on without "Tell the family that the help ends" as declined by the family, because "they do not open"
      When Marcus Webb grants the exception to "Tell the family that the help ends", because "a card went through the door"
      And Chidi Obi records "Close; the needs are met"
      Then nobody is responsible for Ada and Bo any more

    @Y9
    Scenario: The family takes its consent back: it counts at once, and the worker stays responsible until a manager has decided
      When Chidi Obi records "They take their consent back"
      Then consent is not live
      And Chidi Obi is responsible for Ada and Bo
      And Marcus Webb is asked to do "Decide what it means for the children that there is no consent"
      And "Decide what it means for the children that there is no consent" is due on Tuesday 8 December 2026
      When Marcus Webb records "The help ends, and the family hears how to come back", because "they have what they need"
      Then Chidi Obi is responsible for Ada and Bo
      When Chidi Obi records "The family knows"
      And Chidi Obi records "Close; the family does not want the help"
      Then nobody is responsible for Ada and Bo any more
      And the outcome for Ada and Bo is no consent

    @Y9
    Scenario: Nothing closes over a no before the manager has decided
      Given Chidi Obi records "They take their consent back"
      When Chidi Obi records "The needs of the plan are met", because "they wish it"
      Then it is refused
      And the refusal cites Y8
      When Chidi Obi records "Close; the family does not want the help"
      Then it is refused
      And Chidi Obi is responsible for Ada and Bo

    @Y9 @H6
    Scenario: Nobody decides alone: not the worker, and not the manager who wrote the no down
      Given Marcus Webb records "They take their consent back"
      When Chidi Obi records "The help ends, and the family hears how to come back", because "they wish it"
      Then it is refused
      And the refusal cites Y9
      When Marcus Webb records "The help ends, and the family hears how to come back", because "they wish it"
      Then it is refused
      And the refusal cites H6
      When Sam Okoro records "The help ends, and the family hears how to come back", because "they have what they need"
      Then "Tell the family that the help ends, and how to come back" can be done now

    @Y9
    Scenario: The decision is not taken in five working days
      Given Chidi Obi records "They take their consent back"
      When on Wednesday 9 December 2026 at 09:00
      Then "Decide what it means for the children that there is no consent" is overdue
      And Marcus Webb is told that "Decide what it means for the children that there is no consent" is late
      And Chidi Obi is responsible for Ada and Bo

    @Y9
    Scenario: The help is offered again, and the family says yes
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "Offer the help again", because "they were upset about a letter"
      When Chidi Obi records "They say yes again; the help goes on", without "whose consent it is"
      Then it is refused
      When Chidi Obi records "They say yes again; the help goes on"
      Then the transfer has ended
      And Chidi Obi is responsible for Ada and Bo
      And the outcome for Ada and Bo is help goes on

    @Y9
    Scenario: Or says no again, and a manager decides anew
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "Offer the help again", because "they were upset about a letter"
      And Chidi Obi records "They say no again"
      Then consent is not live
      And Marcus Webb is asked to do "Decide what it means for the children that there is no consent"
      And Chidi Obi is responsible for Ada and Bo

    @Y9
    Scenario: Or is silent, and the manager decides otherwise
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "Offer the help again", because "they were upset about a letter"
      When Marcus Webb records "The help ends, and the family hears how to come back", because "no answer to two letters"
      Then "Tell the family that the help ends, and how to come back" can be done now

    @Y9
    Scenario: The parents disagree, and one consent suffices
      Given Chidi Obi records "The parents disagree", because "the father does not want the school told"
      And consent is not live
      When Marcus Webb records "One parent's consent suffices", because "he does not live with them"
      Then the transfer has ended
      And Chidi Obi is responsible for Ada and Bo

    @Y9
    Scenario: One consent does not suffice where it is a single parent who says no
      Given Chidi Obi records "They take their consent back"
      When Marcus Webb records "One parent's consent suffices", because "she will come round"
      Then it is refused
      And consent is not live

    @Y9 @Y45
    Scenario: The need is too great to leave it: a step up begins, and the worker stays responsible
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "The need is too great to leave it", because "Ada was seen alone at night"
      And "Begin the step up" is due on Tuesday 8 December 2026
      And Marcus Webb is asked to do "Decide what it means for the children that there is no consent"
      When Marcus Webb records "A worker of targeted early help leads"
      Then "Step up from targeted early help" begins for Ada and Bo
      And Chidi Obi is responsible for Ada and Bo

    @Y45
    Scenario: The step up is not begun in time
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "The need is too great to leave it", because "Ada was seen alone at night"
      When on Wednesday 9 December 2026 at 09:00
      Then "Begin the step up" is overdue

    @Y45
    Scenario: A no alone is no reason to step up
      When Marcus Webb records "A worker of targeted early help leads"
      Then it is refused

    @Y9 @H3
    Scenario: Evidence of harm is acted on before anything ends
      Given Chidi Obi records "They take their consent back"
      And Marcus Webb records "There is evidence of harm; act on it first", because "a bruise"
      Then Ruth Lane is asked to do "Decide on the safeguarding concern"
      Given Marcus Webb records "The help ends, and the family hears how to come back", because "they have what they need"
      And Chidi Obi records "The family knows"
      When Chidi Obi records "Close; the family does not want the help"
      Then it is refused
      And the refusal cites H3
      And Chidi Obi is responsible for Ada and Bo

    @Y8 @H11
    Scenario: It was thought too soon, and the help goes on
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      When Chidi Obi records "They are not met; the help goes on", because "Bo has not been since Monday"
      Then the transfer has ended
      And Chidi Obi is responsible for Ada and Bo

    @Y3
    Scenario: The end comes in time
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      And "Tell the family that the help ends, and how to come back" is due on Tuesday 15 December 2026
      When on Monday 14 December 2026 at 10:00
      And Chidi Obi records "The family knows"
      Then "Tell the family that the help ends, and how to come back" is done

    @Y3
    Scenario: The end takes too long, and the manager hears of it
      Given Chidi Obi records "The needs of the plan are met", because "both are in school every day"
      And "Tell the family that the help ends, and how to come back" is due on Tuesday 15 December 2026
      When on Wednesday 16 December 2026 at 09:00
      Then "Tell the family that the help ends, and how to come back" is overdue
      And Marcus Webb is told that "Tell the family that the help ends, and how to come back" is late

  Rule: A partner leads, or helps as the one service

    @Y9
    Scenario: A lead who is a partner writes the no down, and the co-ordinator decides
      Given Jo Reid is responsible for them, under Dana Cole
      And "End early help with the family" begins
      When Jo Reid records "They take their consent back"
      Then consent is not live
      And Dana Cole is asked to do "Decide what it means for the children that there is no consent"
      And Jo Reid is not asked to do "Decide what it means for the children that there is no consent"
      When Dana Cole records "The need is too great to leave it", because "Ada was seen alone at night"
      And Dana Cole records "A partner leads"
      Then "Step up from early help led by a partner" begins for Ada and Bo

    @Y9 @Y28
    Scenario: A lead who is silent holds nothing up
      Given Jo Reid is responsible for them, under Dana Cole
      And "End early help with the family" begins
      And Dana Cole records "They take their consent back"
      And Sam Okoro records "The help ends, and the family hears how to come back", because "they have what they need"
      And Dana Cole records "The family knows"
      When Dana Cole records "Close; the family does not want the help"
      Then nobody is responsible for Ada and Bo any more

    @Y1 @Y9
    Scenario: The help of one service ends the same way
      Given Jo Reid is responsible for them, under Dana Cole
      And "End the help of one service with the family" begins
      And Jo Reid records "They take their consent back"
      And Jo Reid is responsible for Ada and Bo under "One service"
      And Dana Cole records "The help ends, and the family hears how to come back", because "they have what they need"
      And Jo Reid records "The family knows"
      When Jo Reid records "Close; the family does not want the help"
      Then nobody is responsible for Ada and Bo any more

    @Y1 @Y9 @Y45
    Scenario: From one service too the manager can ask MASH
      Given Jo Reid is responsible for them, under Dana Cole
      And "End the help of one service with the family" begins
      And Jo Reid records "The parents disagree", because "the father says no"
      And Dana Cole records "The need is too great to leave it", because "Ada was seen alone at night"
      When Jo Reid records "A partner helps"
      Then "Step up from the help of one service" begins for Ada and Bo
      And Jo Reid is responsible for Ada and Bo under "One service"
