Feature: Closing to social work
  The closure is begun by the social worker or their manager, overseen by somebody else, and completes once nothing is missing.
  In that act, and not before, the lead becomes responsible.

  Background:
    Given Samira Khan is a social worker
    And Priya Nair is a social work team manager
    And Sam Okoro is a service manager
    And Dana Cole is the early help co-ordinator
    And Marcus Webb is a practice manager
    And Jo Reid is a lead practitioner
    And Mina Shah is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And Ellen Frost is a child and family support practitioner
    And Ruth Lane is a duty manager
    And a family with the children Ada (9) and Bo (14)
    And Samira Khan is responsible for them, under Priya Nair
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins

  @Y10
  Scenario: No closure begins before early help was considered
    Given Priya Nair records "Authorise"
    When Samira Khan records "Begin the closure"
    Then it is refused
    And the refusal says "Consider early help"
    And the refusal quotes Y10, "early help is actively considered **before** closure"
    And nothing else stands in the way

  @Y10
  Scenario: No child is closed before early help was considered
    Given everything before "Consider early help" is done
    When Samira Khan records "Close; universal services only"
    Then it is refused
    And the refusal says "Consider early help"
    And the refusal cites Y10
    And Samira Khan is responsible for Ada and Bo

  @Y10 @Y26
  Scenario: Early help was considered, the answer is no, and social work closes
    Given Samira Khan records "No early help is needed", because "the need is met"
    And everything before "Close to social work" is done
    When Samira Khan records "Close; universal services only"
    Then nobody is responsible for Ada and Bo any more
    And the outcome for Ada and Bo is universal services
    And the transfer has ended

  @H2
  Scenario: A closure with early help is not offered where none was chosen, nor the other way round
    Given Samira Khan records "No early help is needed", because "the need is met"
    And everything before "Close to social work" is done
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"
    And the refusal says "The family has not given consent to early help yet"
    And the refusal cites H2 and H10

  @Y23 @Y33
  Scenario: The next action waits until the manager has authorised the assessment
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    When Samira Khan records "Assign to me and finish"
    Then it is refused
    And the refusal says "Authorise the single assessment"
    And the refusal cites Y23

  @Y33
  Scenario: The social worker adds the next action to their own assessment
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And Priya Nair records "Authorise"
    When Dana Cole records "Assign to me and finish"
    Then it is refused
    And the refusal cites Y33
    And Samira Khan can put it right

  @H6
  Scenario: The social worker does not authorise their own assessment
    When Samira Khan records "Authorise"
    Then it is refused
    And the refusal cites H6
    And Priya Nair can put it right

  @Y23
  Scenario: The five working days run from the authorisation
    Given Samira Khan records "Targeted early help", because "they need visits at home"
    And everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And on Thursday 3 December 2026 at 15:00
    When Priya Nair records "Authorise"
    Then "Hold the joint handover meeting" is due on Thursday 10 December 2026

  @Y23
  Scenario: The five working days leave out Christmas
    Given Samira Khan records "Targeted early help", because "they need visits at home"
    And everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead
    And on Wednesday 23 December 2026 at 15:00
    When Priya Nair records "Authorise"
    Then "Hold the joint handover meeting" is due on Monday 4 January 2027

  @Y2 @Y34
  Scenario: Section 2 is filled in from what the assessment says already
    Then the field "What the plan is, or where it can be found" is filled in from the assessment analysis
    And the field "What the family says they need" is filled in from the assessment family view
    And the field "Who the lead professional will be" is filled in from the receiver

  @Y34 @Y2
  Scenario: Section 2 says what the plan is and who leads
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Check section 2" is done, with Jo Reid to lead
    When Samira Khan records "Section 2 is complete", without "the plan or where it is" and "the lead's details"
    Then it is refused
    And the refusal says "says neither what the plan is nor where it can be found"
    And the refusal says "The lead practitioner is not named yet"
    And the refusal cites Y34 and Y2
    When Samira Khan records "Section 2 is complete"
    Then "Check section 2 of the early help recording form" is done

  @Y27
  Scenario: The lead is on every child's summary before social work ends
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead, except "Add the lead practitioner to the professional relationships"
    When Samira Khan records "Added" for Ada
    Then "Add the lead practitioner to the professional relationships" for Ada is done
    When Samira Khan records "Close; early help begins" for Bo
    Then it is refused
    And the refusal says "Add the lead practitioner to the professional relationships"
    And the refusal quotes Y27, "the lead practitioner's details should be added to the Professional Relationships on the person summary screen"
    And Samira Khan can put it right

  @Y34 @Y2
  Scenario: Section 2 is checked, not typed again, and then assigned
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Check section 2" is done, with Jo Reid to lead
    When Samira Khan records "Section 2 is complete"
    And Samira Khan records "Assign" under "Assign the form to 'Partner led EHA'"
    Then the form lies in the queue "Partner led EHA"

  @Y33
  Scenario: The next action is added, and the form opens
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And Priya Nair records "Authorise"
    When Samira Khan records "Assign to me and finish"
    Then the form "Early help recording form" is opened
    And "Add the next action 'Signpost to Children's Advice Team'" is done

  @Y27
  Scenario: The lead is added to each child's summary
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Add the lead practitioner" is done, with Jo Reid to lead
    When Samira Khan records "Added" for Ada and Bo
    Then "Add the lead practitioner to the professional relationships" for Ada and Bo is done

  @Y27
  Scenario: A lead without details is not on the summary yet
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Add the lead practitioner" is done, with Jo Reid to lead
    When Samira Khan records "Added" for Ada, without "the lead's details"
    Then it is refused
    And the refusal says "The lead practitioner is not named yet"
    And the refusal cites Y27

  @Y57
  Scenario Outline: The closure is begun by the social worker or their manager
    Given everything before "Consider early help" is done
    And Priya Nair records "Authorise"
    And Samira Khan records "Early help led by a partner", because "the school knows them well"
    When <who> records "Begin the closure"
    Then "Begin the closure" is done

    Examples:
      | who         |
      | Samira Khan |
      | Priya Nair  |

  @Y57
  Scenario Outline: Nobody else begins the closure
    Given Priya Nair records "Authorise"
    And Samira Khan records "Early help led by a partner", because "the school knows them well"
    When <who> records "Begin the closure"
    Then it is refused
    And the refusal quotes Y57, "Social Worker/ Manager to initiate Case Closure process"
    And Samira Khan can put it right
    And Priya Nair can put it right
    And nothing else stands in the way

    Examples:
      | who         |
      | Dana Cole   |
      | Marcus Webb |
      | Jo Reid     |
      | Sam Okoro   |

  @Y57 @H6
  Scenario: A manager who began the closure does not oversee it; another manager does
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead, except "Begin the closure" and "Oversee the closure"
    And Priya Nair records "Begin the closure"
    When Priya Nair records "The closure is right"
    Then it is refused
    And the refusal says "nobody approves their own work"
    And the refusal cites H6
    And nothing else stands in the way
    And Sam Okoro can put it right
    When Sam Okoro records "The closure is right"
    And Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  @Y57
  Scenario: Closure waits until it was begun and overseen
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead, except "Begin the closure"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Begin the closure"
    And the refusal says "Oversee the closure"
    And the refusal cites Y57
    And before the closure there is still "Begin the closure" and "Oversee the closure"

  @Y57
  Scenario: The manager sends the closure back
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Oversee the closure" is done, with Jo Reid to lead
    When Priya Nair records "Not yet"
    Then a reason is asked for
    When Priya Nair records "Not yet", because "the letter names the wrong school"
    Then "Begin the closure" can be done now
    And "Oversee the closure" has to wait
    And Samira Khan is responsible for Ada and Bo

  @Y57 @H9
  Scenario: What is done is not recorded a second time over it
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead
    When Samira Khan records "The visit was made"
    Then it is refused
    And the refusal says "is done already"
    And the refusal cites H9

  @Y3 @H10
  Scenario: In the act of closing, and not before, the lead becomes responsible
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead
    Then Samira Khan is responsible for Ada and Bo
    And the main contact of Ada and Bo is Samira Khan
    When Samira Khan records "Close; early help begins" for Ada
    Then Jo Reid is responsible for Ada
    And the main contact of Ada is Jo Reid
    And Samira Khan is responsible for Bo
    And the main contact of Bo is Samira Khan
    When Priya Nair records "Close; early help begins" for Bo
    Then Jo Reid is responsible for Bo

  @Y57
  Scenario: Somebody else's social worker does not close
    Given Toby Hale is a social worker
    And Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead
    When Toby Hale records "Close; early help begins"
    Then it is refused
    And the refusal cites Y57
    And nothing else stands in the way

  @H4 @H5
  Scenario Outline: Nothing closes while something is open about a child of the household
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    And everything before "Close to social work" is done, with Jo Reid to lead
    And <what> is open about the household
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "<says>"
    And the refusal cites <clauses>
    And nothing else stands in the way
    And Samira Khan is responsible for Ada and Bo
    Given <what> is settled for the household
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

    Examples:
      | what                     | says                                                    | clauses     |
      | a strategy discussion    | a strategy discussion about a child of this household   | H4 and LAW2 |
      | a section 47 enquiry     | a section 47 enquiry about a child of this household    | H4 and LAW2 |
      | an unfinished assessment | an assessment of a child of this household              | H4          |
      | a child protection plan  | a child protection plan, which only its conference ends | H5 and LAW3 |

  @H8
  Scenario: The whole transfer has a limit too
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    Then "Close to social work" is due on Friday 15 January 2027
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When on Friday 15 January 2027
    Then "Close to social work" is not overdue
    And Samira Khan records "Close; early help begins"
    And Jo Reid is responsible for Ada and Bo

  @H8
  Scenario: The whole transfer takes too long
    Given Samira Khan records "Early help led by a partner", because "the school knows them well"
    When on Monday 18 January 2027
    Then "Close to social work" is overdue
    And Priya Nair is told that "Close to social work" is late
    And Samira Khan is responsible for Ada and Bo
