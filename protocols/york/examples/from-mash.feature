Feature: From MASH
  A referral is written down, screened and decided within one working day. The family is held by somebody from the first moment:
  by MASH, by the early help co-ordinator, by the partner who has accepted or the practitioner who was allocated.

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

  @Y7 @Y12
  Scenario: A referral of a young woman of 17 and of her unborn child
    When Ifeoma Eze records "The referral is written down"
    Then "Write down the referral" is done
    And Ifeoma Eze is responsible for Tilly and Bean
    And "Screen the referral, and say the level of need" can be done now

  @Y7 @Y2
  Scenario: A referral says how its referrer can be told, and what they said
    When Ifeoma Eze records "The referral is written down", without "all parts written"
    Then it is refused
    And the refusal cites Y7 and Y2
    And the refusal says "A part of it is empty"

  @Y6 @Y8
  Scenario: Need is screened, and the level has a reason
    Given Ifeoma Eze records "The referral is written down"
    When Ifeoma Eze records "Level 2: extra help, from one or two services"
    Then a reason is asked for
    When Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and a mother who is worn out"
    Then "Decide on the referral" can be done now

  @Y6
  Scenario: What is decided has a reason too
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    When Ifeoma Eze records "Targeted early help (the council's own)", because "the family works with the centre already"
    Then the transfer leads to "targeted early help"

  @Y6 @Y12
  Scenario: Nothing is decided before the need is screened
    Given Ifeoma Eze records "The referral is written down"
    When Ifeoma Eze records "Early help led by a partner; the referral closes", because "the school knows them"
    Then it is refused
    And the refusal cites Y6
    And the refusal says "Screen the referral"

  @Y12 @Y3
  Scenario: Partner-led at level 2: the referral closes, the form opens, the co-ordinator holds the family, in one act
    Given everything before "Decide on the referral" is done, except "Screen the referral, and say the level of need"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    When Ifeoma Eze records "Early help led by a partner; the referral closes", because "the school knows them"
    Then the form "Early help recording form" is opened
    And Dana Cole is responsible for Tilly and Bean
    And the main contact of Tilly and Bean is Dana Cole
    And the form lies in the queue "Partner led EHA"
    And consent has not been asked

  @Y12
  Scenario: Or at level 3
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 3: several needs, several services", because "housing, hunger, school"
    When Ifeoma Eze records "Early help led by a partner; the referral closes", because "the health visitor knows them"
    Then Dana Cole is responsible for Tilly and Bean

  @Y12
  Scenario Outline: Levels 1 and 4 are not for a partner to lead
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "<level>", because "of what was found"
    When Ifeoma Eze records "Early help led by a partner; the referral closes", because "the school knows them"
    Then it is refused
    And the refusal cites Y12

    Examples:
      | level                                              |
      | Level 1: universal services meet the need          |
      | Level 4: a child in need, or at risk of harm       |

  @Y47
  Scenario: The decision is due within one working day of receipt
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 1: universal services meet the need", because "a nursery place is enough"
    And "Decide on the referral" is due on Wednesday 2 December 2026
    When on Wednesday 2 December 2026 at 16:00
    And Ifeoma Eze records "Advice to the referrer, nothing is opened", because "a nursery place is enough"
    Then "Decide on the referral" is done

  @Y47
  Scenario: The decision is late, and the duty manager hears of it
    Given Ifeoma Eze records "The referral is written down"
    And "Decide on the referral" is due on Wednesday 2 December 2026
    When on Thursday 3 December 2026 at 09:00
    Then "Decide on the referral" is overdue
    And Ruth Lane is told that "Decide on the referral" is late

  @Y12 @Y47
  Scenario: The referrer is told the outcome in time, and a referral for advice closes only then
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Advice to the referrer, nothing is opened", because "a nursery place is enough"
    When Ifeoma Eze records "Close; advice was given"
    Then it is refused
    And the refusal says "Tell the referrer what was decided"
    And the refusal cites Y12 and Y47
    And "Tell the referrer what was decided" is due on Wednesday 2 December 2026
    When Ifeoma Eze records "The referrer knows", because "told by telephone about the nursery"
    And Ifeoma Eze records "Close; advice was given"
    Then the transfer has ended
    And nobody is responsible for Tilly and Bean any more

  @Y47
  Scenario: Nothing further
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Nothing further" under "Decide on the referral", because "it was another family"
    And Ifeoma Eze records "The referrer knows", because "told by telephone"
    When Ifeoma Eze records "Close; nothing further"
    Then the outcome for Tilly and Bean is nothing further

  @Y12
  Scenario: The referrer has not been told in time
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Advice to the referrer, nothing is opened", because "a nursery place is enough"
    And "Tell the referrer what was decided" is due on Wednesday 2 December 2026
    When on Thursday 3 December 2026 at 09:00
    Then "Tell the referrer what was decided" is overdue

  @Y12 @H7
  Scenario: A referrer who gave no name cannot be told, and somebody else agrees that it is left out
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "Advice to the referrer, nothing is opened", because "a nursery place is enough"
    When Ifeoma Eze asks to go on without "Tell the referrer what was decided" as not possible, because "they gave no name and no number"
    And Ruth Lane grants the exception to "Tell the referrer what was decided", because "nobody could"
    And Ifeoma Eze records "Close; advice was given"
    Then the transfer has ended

  @Y47 @H3
  Scenario: Social work takes on in the act that decides, also over an undecided concern
    Given everything before "Decide on the referral" is done
    And an undecided safeguarding concern is open about the household
    When Ifeoma Eze records "Social work; a single assessment begins", because "the baby may not be safe"
    Then Priya Nair is responsible for Tilly and Bean under "Single assessment"
    And "Allocate a social worker for the assessment" is due on Thursday 3 December 2026
    When Priya Nair records "Allocate" under "Allocate a social worker for the assessment", choosing Samira Khan
    Then Samira Khan is responsible for Tilly and Bean

  @H3
  Scenario: No referral is closed over an undecided concern
    Given everything before "Decide on the referral" is done
    And an undecided safeguarding concern is open about the household
    When Ifeoma Eze records "Early help led by a partner; the referral closes", because "the school knows them"
    Then it is refused
    And the refusal cites H3

  @Y32 @Y5
  Scenario: Targeted: section 2, the queue, and a practice manager allocates without the weekly meeting
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "Targeted early help (the council's own)", because "they know the children's centre"
    And Ifeoma Eze records "The plan is ready to show to the family"
    And Ifeoma Eze records "Consent given"
    And Ifeoma Eze records "The family agrees to the plan"
    And Ifeoma Eze records "Section 2 is complete"
    When Ifeoma Eze records "Assign" under "Assign the form to 'advice team duty worker'"
    Then the form lies in the queue "advice team duty worker"
    And Ifeoma Eze is responsible for Tilly and Bean
    And "Allocate a support practitioner" is due on Tuesday 8 December 2026
    When Marcus Webb records "Allocate" under "Allocate a support practitioner", choosing Chidi Obi
    Then Chidi Obi is responsible for Tilly and Bean
    And the form does not lie in the queue "advice team duty worker"

  @Y32
  Scenario: The form is not assigned before section 2 says what support is required
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "Targeted early help (the council's own)", because "they know the children's centre"
    And Ifeoma Eze records "The plan is ready to show to the family"
    When Ifeoma Eze records "Section 2 is complete", without "the plan or where it is"
    Then it is refused
    And the refusal cites Y32
    When Ifeoma Eze records "Assign" under "Assign the form to 'advice team duty worker'"
    Then it is refused
    And the refusal cites Y32

  @Y5
  Scenario: Nobody is allocated before the form has come
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "Targeted early help (the council's own)", because "they know the children's centre"
    And everything before "Allocate a support practitioner" is done, except "Assign the form to 'advice team duty worker'"
    When Marcus Webb records "Allocate" under "Allocate a support practitioner", choosing Chidi Obi
    Then it is refused
    And the refusal cites Y5

  @Y32
  Scenario: Only a practice manager allocates
    Given Ifeoma Eze records "The referral is written down"
    And Ifeoma Eze records "Level 2: extra help, from one or two services", because "hunger, and tiredness"
    And Ifeoma Eze records "Targeted early help (the council's own)", because "they know the children's centre"
    And everything before "Allocate a support practitioner" is done
    When Ifeoma Eze records "Allocate" under "Allocate a support practitioner", choosing Chidi Obi
    Then it is refused
    And the refusal cites Y32
    And Marcus Webb can put it right
