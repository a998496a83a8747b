Feature: From MASH to a partner who leads
  The early help co-ordinator agrees plan and lead with the family, and holds it until a partner has accepted. Then the form is
  closed, once somebody else than its author has looked.

  Background:
    Given Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Dana Cole is the early help co-ordinator
    And Sam Okoro is a service manager
    And Marcus Webb is a practice manager
    And Priya Nair is a social work team manager
    And Samira Khan is a social worker
    And Jo Reid is a lead practitioner
    And Mina Shah is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And a family with the children Tilly (17) and Bean (unborn)
    And Ifeoma Eze is responsible for them, under Ruth Lane
    And on Tuesday 1 December 2026 at 10:00
    And "From MASH, a referral" begins
    And Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "Early help led by a partner; the referral closes", because "the school knows them"

  @Y8
  Scenario: The plan names a need that goes on
    When Dana Cole records "The plan is ready to show to the family", without "an outstanding need"
    Then it is refused
    And the refusal cites Y8 and Y13
    When Dana Cole records "The plan is ready to show to the family"
    Then "Agree the plan of support with the family" can be done now

  @Y8
  Scenario: A plan that helps with a need
    When Dana Cole records "The plan is ready to show to the family"
    Then "Write the plan of support that is recommended" is done

  @Y13
  Scenario: The lead and the plan are agreed with the family
    Given Dana Cole records "The proposed lead is written down"
    And Dana Cole records "The plan is ready to show to the family"
    When Dana Cole records "The family agrees to the plan"
    Then "Say with the family who should lead" is done
    And "Agree the plan of support with the family" is done

  @Y13
  Scenario: Nobody is contacted before the family has said who should lead
    Given everything before "Contact the proposed lead" is done, except "Say with the family who should lead"
    When Dana Cole records "They were asked", choosing Jo Reid
    Then it is refused
    And the refusal cites Y13
    And nothing else stands in the way

  @Y12 @H2
  Scenario: Before consent nobody hears the family's name
    Given everything before "Contact the proposed lead" is done, except "Ask the family for consent to early help"
    When Dana Cole records "They were asked", choosing Jo Reid
    Then it is refused
    And the refusal cites Y12

  @Y12 @H2
  Scenario: A recorded lawful basis lets the lead be contacted, and support does not start on it
    Given everything before "Contact the proposed lead" is done, except "Ask the family for consent to early help"
    When Dana Cole asks to go on without "Ask the family for consent to early help" as unsafe, because "the partner reads her telephone; vital interests"
    And Ruth Lane grants the exception to "Ask the family for consent to early help", because "the basis holds"
    And Dana Cole records "They were asked", choosing Jo Reid
    Then Jo Reid has been asked to lead
    When Jo Reid records "Yes, I will lead"
    Then it is refused
    And the refusal cites H2

  @Y12 @Y9
  Scenario: The family says no, and a manager decides within five days
    Given Dana Cole records "Consent refused"
    And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026
    When Ruth Lane records "Close without early help, and tell the family how to come back" under "Decide what it means", because "they have what they need"
    Then nobody is responsible for Tilly and Bean any more
    And the outcome for Tilly and Bean is no consent

  @Y12
  Scenario: The family is silent for ten working days, and a manager decides
    Given "Ask the family for consent to early help" is due on Tuesday 15 December 2026
    When on Wednesday 16 December 2026 at 09:00
    Then "Ask the family for consent to early help" is overdue
    And Dana Cole is responsible for Tilly and Bean
    When Ruth Lane records "Close without early help, and tell the family how to come back" under "Decide what it means", because "three letters, two visits, no answer"
    Then nobody is responsible for Tilly and Bean any more

  @Y12
  Scenario: The family answers in time
    Given "Ask the family for consent to early help" is due on Tuesday 15 December 2026
    When on Monday 14 December 2026 at 09:00
    And Dana Cole records "Consent given"
    Then consent is live

  @Y4 @Y14
  Scenario: The proposed lead hears need, agencies and plan, accepts, and leads from that moment
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And "Answer whether you will lead" is due on Friday 4 December 2026
    And Dana Cole is responsible for Tilly and Bean
    When Jo Reid records "Yes, I will lead"
    Then Jo Reid is responsible for Tilly and Bean
    And the main contact of Tilly and Bean is Jo Reid

  @Y4 @Y14
  Scenario: Nobody is asked without having heard the need and the plan
    Given everything before "Contact the proposed lead" is done
    When Dana Cole records "They were asked", choosing Jo Reid, without "the need and the plan shared"
    Then it is refused
    And the refusal cites Y4 and Y14

  @Y28
  Scenario: Silence leaves the co-ordinator responsible, and somebody else is asked
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    When on Monday 7 December 2026 at 09:00
    Then "Answer whether you will lead" is overdue
    And Dana Cole is responsible for Tilly and Bean
    When Dana Cole records "They were asked", choosing Mina Shah
    Then Mina Shah has been asked to lead

  @Y28
  Scenario: After two declines a service manager chooses
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Dana Cole records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "no time"
    When Sam Okoro records "A council worker leads", choosing Chidi Obi, because "nobody else is there"
    Then Chidi Obi is responsible for Tilly and Bean

  @Y28
  Scenario: After ten working days too
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    When on Wednesday 16 December 2026 at 09:00
    Then "Contact the proposed lead" is overdue
    When Sam Okoro records "A single service helps, and somebody of it has said yes", choosing Mina Shah, because "the young parents' group takes them"
    Then Mina Shah is responsible for Tilly and Bean under "One service"
    And the main contact of Tilly and Bean is Mina Shah
    When Dana Cole records "Added"
    And Ruth Lane records "The form can be closed"
    And Dana Cole records "Close the form; one service helps"
    Then the outcome for Tilly and Bean is single service
    And Mina Shah is responsible for Tilly and Bean

  @Y1 @Y28 @H2
  Scenario: No service helps before somebody of it is named
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    When on Wednesday 16 December 2026 at 09:00
    And Sam Okoro records "A single service helps, and somebody of it has said yes", without "a practitioner chosen", because "the young parents' group takes them"
    Then it is refused
    And Dana Cole is responsible for Tilly and Bean

  @Y28 @Y27
  Scenario: The form is closed once the lead is on record and somebody else has looked
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "Yes, I will lead"
    And Dana Cole records "Added"
    And Ruth Lane records "The form can be closed"
    When Dana Cole records "Close the form"
    Then the outcome for Tilly and Bean is early help

  @Y28 @Y27
  Scenario: The form is not closed before
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "Yes, I will lead"
    When Dana Cole records "Close the form"
    Then it is refused
    And the refusal cites Y28
    And the refusal says "Add the lead practitioner to the professional relationships"

  @Y28 @H6
  Scenario: Nobody oversees what they wrote
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "Yes, I will lead"
    And Ruth Lane records "Added"
    When Ruth Lane records "The form can be closed"
    Then it is refused
    And the refusal cites H6

  @Y6 @Y47
  Scenario: More is found than the referral told, and social work takes on
    When Dana Cole records "A single assessment begins" under "Send the family to social work after all", because "the house is not safe"
    Then Priya Nair is responsible for Tilly and Bean
