Feature: One service helps, and it is not enough
  Whoever helps as the one service asks MASH and steps up as others do: a partner refers, a worker of the council talks with the manager on duty first.

  Background:
    Given Jo Reid is a lead practitioner
    And Dana Cole is the early help co-ordinator
    And Chidi Obi is a child and family support practitioner
    And Marcus Webb is a practice manager
    And Ifeoma Eze is the MASH
    And Ruth Lane is a duty manager
    And Priya Nair is a social work team manager
    And Samira Khan is a social worker
    And a family with the children Ada (9) and Bo (14)
    And on Tuesday 1 December 2026 at 10:00

  @Y1 @Y46
  Scenario: A partner who helps as the one service steps up by a referral to MASH
    Given Jo Reid is responsible for them, under Dana Cole
    And "Step up from the help of one service" begins
    And everything before "Decide on the referral" is done
    When Ifeoma Eze records "Social work. An assessment is needed", because "neglect"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    Then Samira Khan is responsible for Ada and Bo under "Single assessment"
    And Jo Reid is responsible for Ada and Bo under "One service"
    When Jo Reid records "End early help; social work goes on"
    Then the outcome for Ada and Bo is social work
    And Samira Khan is responsible for Ada and Bo

  @Y46
  Scenario: Without the referral form nothing is sent
    Given Jo Reid is responsible for them, under Dana Cole
    And "Step up from the help of one service" begins
    And everything before "Send the referral to MASH" is done, except "Check the referral to MASH"
    When Jo Reid records "Send it"
    Then it is refused
    And the refusal says "Check the referral to MASH"

  @Y47
  Scenario: The decision on it is due in one working day too
    Given Jo Reid is responsible for them, under Dana Cole
    And "Step up from the help of one service" begins
    And everything before "Decide on the referral" is done
    Then "Decide on the referral" is due on Wednesday 2 December 2026
    When on Thursday 3 December 2026 at 09:00
    Then "Decide on the referral" is overdue

  @Y1 @Y47
  Scenario: The one service goes on, with advice
    Given Jo Reid is responsible for them, under Dana Cole
    And "Step up from the help of one service" begins
    And everything before "Decide on the referral" is done
    When Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    And Jo Reid records "Early help goes on, with the advice"
    Then the transfer has ended
    And Jo Reid is responsible for Ada and Bo under "One service"

  @Y1 @Y9 @Y47
  Scenario: The family does not want the one service any more, and a manager decides what follows
    Given Jo Reid is responsible for them, under Dana Cole
    And "Step up from the help of one service" begins
    And everything before "Decide on the referral" is done
    And Ifeoma Eze records "Early help goes on, with advice", because "the plan is right"
    When Jo Reid records "The family does not want the help of this service any more", because "mother said so twice"
    Then the transfer has ended
    And "End the help of one service with the family" begins for Ada and Bo
    And Jo Reid is responsible for Ada and Bo under "One service"

  @Y1 @Y48 @Y50
  Scenario: A worker of a targeted service talks with the manager on duty first, and stays ten working days
    Given Chidi Obi is responsible for them, under Marcus Webb
    And "Step up from the help of one targeted service" begins
    When Ruth Lane records "Accepted. Say how it is to be allocated", because "I know the family"
    Then it is refused
    And the refusal says "Discuss it with the assessment service manager on duty"
    And the refusal cites Y48
    Given everything before "Decide on the referral" is done
    And Ifeoma Eze records "As the duty manager decided", because "accepted"
    And Priya Nair records "Allocate. The assessment begins", choosing Samira Khan
    And everything before "End early help" is done
    When Chidi Obi records "End early help; social work goes on"
    Then it is refused
    And the refusal cites Y50
    And Chidi Obi is responsible for Ada and Bo under "One service"

  @Y1 @Y53
  Scenario: A partner who helps as the one service asks MASH, and refers
    Given Jo Reid is responsible for them, under Dana Cole
    And "Ask MASH for advice about a family whom one service helps" begins
    And everything before "Say what follows from the advice" is done
    When Jo Reid records "I refer to MASH, as a partner who helps"
    Then the transfer has ended
    And "Step up from the help of one service" begins for Ada and Bo
    And Jo Reid is responsible for Ada and Bo under "One service"
