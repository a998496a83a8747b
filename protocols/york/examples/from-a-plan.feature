Feature: Step down from a child in need or child protection plan
  The review meeting or the conference hears the early help plan, with the family and the proposed lead. One record of it carries
  all that is asked of it. Each child who closes gets a closure record of their own.

  Background:
    Given Samira Khan is a social worker
    And Priya Nair is a social work team manager
    And Sam Okoro is a service manager
    And Dana Cole is the early help co-ordinator
    And Marcus Webb is a practice manager
    And Jo Reid is a lead practitioner
    And Chidi Obi is a child and family support practitioner
    And a family with the children Ada (9) and Bo (14)
    And Samira Khan is responsible for them, under Priya Nair
    And on Tuesday 1 December 2026 at 10:00

  Rule: From a child in need plan

    Background:
      Given "Step down from a child in need plan" begins

    @Y1
    Scenario: One service helps, and it becomes responsible
      Given Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"
      Then the transfer leads to "one specialist, targeted or universal service"
      Given everything before "Close to social work" is done, with Jo Reid to lead
      When Samira Khan records "Close; one service helps"
      Then Jo Reid is responsible for Ada and Bo
      And the outcome for Ada and Bo is single service

    @Y1
    Scenario: Once one service has begun, no other kind is chosen in this transfer
      Given Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"
      And everything before "Close to social work" is done, with Jo Reid to lead
      And Samira Khan records "Close; one service helps"
      When Samira Khan records "Targeted early help", because "speech therapy has a waiting list"
      Then it is refused
      And the refusal says "“Consider early help” does not apply as things stand now"
      And the refusal cites Y1
      And Jo Reid is responsible for Ada and Bo

    @Y1 @Y18
    Scenario: The plan of one service need not be of several agencies
      Given Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"
      When Samira Khan records "The plan of one service is ready"
      Then "Write the early help plan" is done

    @Y17 @H11
    Scenario: After the first child's handover the family comes to no other review, and the manager holds it for the sibling
      Given Samira Khan records "Targeted early help", because "mornings are hard"
      And everything before "Close to social work" is done, with Chidi Obi to lead
      And Samira Khan records "Close; early help begins" for Ada
      And Samira Khan records "The plan is ready"
      When Samira Khan records "Held without the family, who was invited and did not come; the help that a sibling", because "invited twice"
      Then it is refused
      When Priya Nair records "Held without the family, who was invited and did not come; the help that a sibling", because "invited twice"
      Then "Hold the review" is done
      And Chidi Obi is responsible for Ada
      And Samira Khan is responsible for Bo

    @Y17
    Scenario: The review was held, with the family and everybody who works with them
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held with the lead there"
      Then "Hold the review" is done
      And Samira Khan is responsible for Ada and Bo

    @Y17
    Scenario: A review without the family is no review
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held with the lead there", without "the family there" and "an answer for everybody who works with the children"
      Then it is refused
      And the refusal says "names nobody of the family who came"
      And the refusal says "does not say of everybody who works with the children whether they came"
      And the refusal cites Y17
      And nothing else stands in the way

    @Y17
    Scenario: Closure waits for the review
      Given Samira Khan records "No early help is needed", because "the need is met"
      When Samira Khan records "Close; universal services only"
      Then it is refused
      And the refusal says "“Hold the review meeting or conference” is not done yet"
      And the refusal cites Y17

    @Y18
    Scenario: The plan says how, who and when, and several agencies do something
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      When Samira Khan records "The plan is ready to show to the family"
      Then "Write the early help plan" is done

    @Y18
    Scenario: A plan that leaves open how, who and when, or that one agency carries alone
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      When Samira Khan records "The plan is ready to show", without "how, by whom and by when" and "a second agency"
      Then it is refused
      And the refusal says "lacks how it is measured, who does it, or by when"
      And the refusal says "names nobody of a second agency"
      And the refusal quotes Y18, "what the SMART, multi-agency plan is"
      And nothing else stands in the way

    @Y18
    Scenario: The family has to agree to the plan at the review
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held with the lead there", without "the family's agreement to the plan"
      Then it is refused
      And the refusal says "does not say that the family agreed to the plan"
      And the refusal cites Y18
      And nothing else stands in the way

    @Y19
    Scenario: The proposed lead is asked with the family before the review, and comes
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Ask a practitioner to lead" is done
      And Samira Khan records "They were asked", choosing Jo Reid
      When Samira Khan records "Held with the lead there"
      Then Jo Reid has been asked to lead
      And "Hold the review" is done

    @Y19
    Scenario: Nobody was asked to lead before the review
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, except "Ask a practitioner to lead"
      When Samira Khan records "Held with the lead there"
      Then it is refused
      And the refusal says "“Ask a practitioner to lead, with the family, before the meeting” is not done yet"
      And the refusal cites Y19
      And nothing else stands in the way

    @Y19
    Scenario: A review without the lead is for the manager to record, who says why
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held without the lead, for a reason", because "ill"
      Then it is refused
      And the refusal cites Y19
      And Priya Nair can put it right
      And nothing else stands in the way
      When Priya Nair records "Held without the lead, for a reason"
      Then a reason is asked for
      When Priya Nair records "Held without the lead, for a reason", because "ill; she rang the family the day before"
      Then "Hold the review" is done

    @Y20
    Scenario: The family confirms its consent at the review
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held with the lead there"
      Then consent is live

    @Y20
    Scenario: A review at which the consent was not confirmed
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Hold the review" is done, with Jo Reid to lead
      When Samira Khan records "Held with the lead there", without "the family's consent confirmed"
      Then it is refused
      And the refusal says "does not say that the family confirmed its consent"
      And the refusal quotes Y20, "confirm that the family consent to the early help intervention"
      And nothing else stands in the way

    @Y25
    Scenario: The handover visit is made within five working days of the review
      Given Samira Khan records "Targeted early help", because "they need regular visits at home"
      And everything before "Hold the review" is done
      And Samira Khan records "Held; plan and consent are confirmed, the handover visit follows"
      Then "Make the handover visit together" is due on Tuesday 8 December 2026
      Given everything before "Make the handover visit together" is done, with Chidi Obi to lead
      When on Tuesday 8 December 2026 at 15:00
      And Samira Khan records "The visit was made" under "Make the handover visit together"
      Then "Make the handover visit together" is done

    @Y25
    Scenario: The handover visit is not made in time
      Given Samira Khan records "Targeted early help", because "they need regular visits at home"
      And everything before "Hold the review" is done
      And Samira Khan records "Held; plan and consent are confirmed, the handover visit follows"
      When on Wednesday 9 December 2026
      Then "Make the handover visit together" is overdue
      And Priya Nair is told that "Make the handover visit together" is late

    @Y25
    Scenario: Closure waits for the handover visit where the review did not hand over
      Given Samira Khan records "Targeted early help", because "they need regular visits at home"
      And everything before "Hold the review" is done
      And Samira Khan records "Held; plan and consent are confirmed, the handover visit follows"
      And everything before "Close to social work" is done, with Chidi Obi to lead, except "Make the handover visit together"
      When Samira Khan records "Close; early help begins"
      Then it is refused
      And the refusal says "“Make the handover visit together” is not done yet"
      And the refusal cites Y25
      And before the closure there is still "Make the handover visit together" and "Oversee the closure"

    @Y25
    Scenario: What was handed over at the review needs no second visit
      Given Samira Khan records "Targeted early help", because "they need regular visits at home"
      And everything before "Decide on the request" is done
      And Marcus Webb records "Allocate a practitioner, with a date", choosing Chidi Obi
      When Samira Khan records "Held with the support practitioner there"
      Then "Make the handover visit together" does not apply

    @Y37
    Scenario: The next action for each child who closes makes a closure record for each
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Add the next action" is done, with Jo Reid to lead
      When Samira Khan records "Close Case to Children's Social Work Services" for Ada
      Then the form "Early help recording form" is opened
      And "Add the next action" for Ada is done
      And "Add the next action" for Bo can be done now

    @Y37
    Scenario: A child without the next action is not closed
      Given Samira Khan records "No early help is needed", because "the need is met"
      And everything before "Close to social work" is done, except "Add the next action"
      And Samira Khan records "Close Case to Children's Social Work Services" for Ada
      When Samira Khan records "Close; universal services only" for Bo
      Then it is refused
      And the refusal says "“Add the next action 'Close Case to Children's Social Work Services'” is not done yet"
      And the refusal cites Y37
      And Samira Khan is responsible for Ada and Bo

    @Y38
    Scenario: The next action that makes a closure record
      Given Samira Khan records "No early help is needed", because "the need is met"
      And everything before "Add the next action" is done
      When Samira Khan records "Close Case to Children's Social Work Services"
      Then "Add the next action" is done

    @Y38
    Scenario: The next action that makes none cannot be chosen, and what to choose instead is said
      Given Samira Khan records "No early help is needed", because "the need is met"
      And everything before "Add the next action" is done
      When Samira Khan records "Signpost to Children's Advice Team"
      Then it is refused
      And the refusal says "Choose 'Close Case to Children's Social Work Services' instead"
      And the refusal quotes Y38, "should NOT be added to the next actions"
      And nothing else stands in the way
      And "Add the next action" can be done now

    @Y39
    Scenario: Section 2 holds the summary, the plan or where it is, and the lead
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Check section 2" is done, with Jo Reid to lead
      Then the field "Summary of the interventions" is filled in from the assessment analysis
      When Samira Khan records "Section 2 is complete"
      Then "Check section 2" is done

    @Y39
    Scenario: Section 2 is refused without its three parts
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Check section 2" is done, with Jo Reid to lead
      When Samira Khan records "Section 2 is complete", without "a summary of the work", "the plan or where it is" and "the lead's details"
      Then it is refused
      And the refusal says "The summary of the work so far is empty"
      And the refusal cites Y39
      And "Assign the form to 'Partner-led EH'" waits for "Check section 2"

    @Y40
    Scenario: The form of a partner goes to 'Partner-led EH', and is taken up
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Assign the form to 'Partner-led EH'" is done, with Jo Reid to lead
      When Samira Khan records "Assign"
      Then the form lies in the queue "Partner-led EH"
      And Dana Cole is asked to do "Take the form up from 'Partner-led EH'"

    @Y40
    Scenario: A targeted form goes to the advice team duty worker, and the practice manager confirms
      Given Samira Khan records "Targeted early help", because "they need regular visits at home"
      And everything before "Assign the form to 'advice team" is done, with Chidi Obi to lead
      When Samira Khan records "Assign"
      Then the form lies in the queue "advice team duty worker"
      And Marcus Webb is asked to do "Confirm the support practitioner"

    @Y40
    Scenario: Closure waits until the form is assigned
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Close to social work" is done, with Jo Reid to lead, except "Assign the form to 'Partner-led EH'"
      When Samira Khan records "Close; early help begins"
      Then it is refused
      And the refusal says "Assign the form to 'Partner-led EH'"
      And the refusal cites Y40

  Rule: From a child protection plan

    Background:
      Given "Step down from a child protection plan" begins
      And a child protection plan is open about the household

    @Y17 @Y18 @Y19 @Y20 @Y37
    Scenario: The whole way: the conference ends the plan, and the children close to early help
      Given Samira Khan records "Early help led by a partner", because "the school knows them well"
      And everything before "Close to social work" is done, with Jo Reid to lead
      When Samira Khan records "Close; early help begins"
      Then Jo Reid is responsible for Ada and Bo under "Early help"
      And the main contact of Ada and Bo is Jo Reid

    @Y17
    Scenario: No child is closed while the child protection plan is open
      Given Samira Khan records "No early help is needed", because "the need is met"
      And everything before "Hold the review" is done
      When Samira Khan records "Close; universal services only"
      Then it is refused
      And the refusal says "child protection plan"
      And the refusal cites Y17
      And Samira Khan is responsible for Ada and Bo
