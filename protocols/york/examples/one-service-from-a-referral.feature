Feature: From MASH to one service
  One specialist, targeted or universal service can be all that a family needs. Its way is that of a partner who leads: the co-ordinator
  holds the family until somebody of the service has said yes, and nothing starts without consent.

  Background:
    Given Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Dana Cole is the early help co-ordinator
    And Sam Okoro is a service manager
    And Jo Reid is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And a family with the children Tilly (17) and Bean (unborn)
    And Ifeoma Eze is responsible for them, under Ruth Lane
    And on Tuesday 1 December 2026 at 10:00
    And "From MASH, a referral" begins
    And Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "One specialist, targeted or universal service", because "the health visitor is enough"

  @Y1 @Y12 @Y28
  Scenario: The one service says yes, and answers for the children from that moment
    Given the transfer leads to "one specialist, targeted or universal service"
    And Dana Cole is responsible for Tilly and Bean under "Offer of early help"
    And everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Dana Cole is responsible for Tilly and Bean
    When Jo Reid records "Yes, my service will help"
    Then Jo Reid is responsible for Tilly and Bean under "One service"
    And the main contact of Tilly and Bean is Jo Reid
    When Dana Cole records "Added"
    And Ruth Lane records "The form can be closed"
    And Dana Cole records "Close the form; one service helps"
    Then the outcome for Tilly and Bean is single service
    And the form does not lie in the queue "Partner led EHA"

  @Y1 @Y13
  Scenario: The plan of one service names a need too
    When Dana Cole records "The plan is ready to show to the family", without "an outstanding need"
    Then it is refused
    And the refusal cites Y13

  @Y1 @Y9 @H2
  Scenario: One service does not begin without consent
    Given everything before "Contact the proposed lead" is done, except "Ask the family for consent to early help"
    When Dana Cole asks to go on without "Ask the family for consent to early help" as unsafe, because "the partner reads her telephone; vital interests"
    And Ruth Lane grants the exception to "Ask the family for consent to early help", because "the basis holds"
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "Yes, my service will help"
    Then it is refused
    And the refusal cites H2
    And Dana Cole is responsible for Tilly and Bean

  @Y1 @Y28
  Scenario: One service does not begin before somebody of it has said yes
    Given everything before "Contact the proposed lead" is done
    When Jo Reid records "Yes, my service will help"
    Then it is refused
    And the refusal says "Contact the proposed lead"
    And Dana Cole is responsible for Tilly and Bean

  @Y1 @Y28
  Scenario: Nobody leads a plan where one service helps
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    When Jo Reid records "Yes, I will lead"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"

  @Y1 @Y9
  Scenario: The family takes its consent back, and the help of the one service ends by a manager's decision
    Given everything before "Contact the proposed lead" is done
    And Dana Cole records "They were asked", choosing Jo Reid
    And Jo Reid records "Yes, my service will help"
    And Dana Cole records "Consent withdrawn"
    And Jo Reid is responsible for Tilly and Bean
    When Ruth Lane records "Close without early help, and tell the family how to come back" under "Decide what it means", because "they have what they need"
    Then nobody is responsible for Tilly and Bean any more
    And the outcome for Tilly and Bean is no consent
