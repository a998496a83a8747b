@Y9
Feature: Consent to early help
  Early help is an offer. It starts only with a consent that is on record, and the family can say no, or take it back, at any
  moment. Whatever they say, there is a way on, and somebody stays responsible for each child.

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
    And "Authorise the single assessment" was done by Priya Nair on Tuesday 1 December 2026 at 09:30
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins
    And Samira Khan records "Early help led by a partner", because "the school knows them well"

  @Y15
  Scenario: The family consents
    Given consent has not been asked
    When Samira Khan records "Consent given"
    Then consent is live
    And "Ask the family for consent to early help" is done
    And "Decide what it means for the child that there is no consent" does not apply

  @Y15
  Scenario: A consent says whose it is and with whom information may be shared
    When Samira Khan records "Consent given", without "whose consent it is" and "with whom information may be shared"
    Then it is refused
    And the refusal says "It is not written down whose consent it is"
    And the refusal says "It is not written down with whom information may be shared"
    And the refusal cites Y9 and Y15
    And Samira Khan can put it right
    And nothing else stands in the way
    And consent has not been asked

  @Y15
  Scenario: The allocated social worker asks, nobody else
    When Jo Reid records "Consent given"
    Then it is refused
    And the refusal cites Y15
    And the refusal says "is for the worker responsible to do"
    And nothing else stands in the way

  @Y16
  Scenario: Nobody is asked to lead before the family has consented
    Given everything before "Ask a practitioner to lead" is done, except "Ask the family for consent to early help"
    When Samira Khan records "They were asked", choosing Jo Reid
    Then it is refused
    And the refusal says "Ask the family for consent to early help"
    And the refusal cites Y9
    And nothing else stands in the way
    And nobody is to lead

  Scenario: Early help does not begin without consent, and no exception opens this gate
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Ask the family for consent to early help"
    When Samira Khan records "Close; early help begins" for Ada
    Then it is refused
    And the refusal says "The family has not given consent to early help yet"
    And the refusal cites Y9, H2 and LAW1
    And Samira Khan is responsible for Ada and Bo
    When Samira Khan asks to go on without "Ask the family for consent to early help" as declined by the family, because "no"
    Then it is refused
    And the refusal says "no exception can be made"
    And the refusal cites Y9

  Scenario: The family refuses; within five working days a manager decides what that means for the children
    When Samira Khan records "Consent refused"
    Then consent is not live
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    And Samira Khan is not asked to do "Decide what it means for the child that there is no consent"
    And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026 at 17:00
    And Samira Khan is responsible for Ada and Bo
    When on Tuesday 8 December 2026 at 17:00
    Then "Decide what it means for the child that there is no consent" is not overdue
    When Priya Nair records "Offer early help again", because "they want to think it over"
    Then "Ask the family for consent to early help" can be done now
    And the transfer goes on

  Scenario: Early help is offered again; until the family answers, consent is still to ask and the manager can decide otherwise
    Given Samira Khan records "Consent refused"
    When Priya Nair records "Offer early help again", because "they want to think it over"
    Then "Ask the family for consent to early help" can be done now
    And Samira Khan is asked to do "Ask the family for consent to early help"
    And "Decide what it means for the child that there is no consent" can be done now
    And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026
    And "Close to social work" for Ada and Bo has to wait

  @Y10
  Scenario: Early help was offered again and the family stays silent, so the manager decides otherwise
    Given Samira Khan records "Consent refused"
    And Priya Nair records "Offer early help again", because "they want to think it over"
    When on Wednesday 9 December 2026
    Then "Decide what it means for the child that there is no consent" is overdue
    And Priya Nair is told that "Decide what it means for the child that there is no consent" is late
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    When Priya Nair records "Close without early help" under "Decide what it means", because "three calls and a letter, no answer"
    Then the transfer leads to "universal services"
    And Samira Khan is responsible for Ada and Bo

  Scenario: Early help is offered again and the family says no again
    Given Samira Khan records "Consent refused"
    And Priya Nair records "Offer early help again", because "they want to think it over"
    When on Monday 7 December 2026
    And Samira Khan records "Consent refused"
    Then consent is not live
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    And "Decide what it means for the child that there is no consent" is due on Monday 14 December 2026

  Scenario: The manager has not decided in time
    Given Samira Khan records "Consent refused"
    When on Tuesday 8 December 2026 at 17:01
    Then "Decide what it means for the child that there is no consent" is overdue
    And Priya Nair is told that "Decide what it means for the child that there is no consent" is late
    And Samira Khan is responsible for Ada and Bo

  Scenario: What a refusal means is the manager's decision, with a reason
    Given Samira Khan records "Consent refused"
    When Samira Khan records "Stay with social work", because "I think so"
    Then it is refused
    And the refusal cites Y9
    And Priya Nair can put it right
    When Priya Nair records "Stay with social work"
    Then a reason is asked for

  Scenario: There is nothing to decide while nobody has said no
    When Priya Nair records "Offer early help again", because "in case"
    Then it is refused
    And the refusal says "does not apply as things stand now"
    And the refusal cites Y9

  Scenario: After a refusal the manager offers early help again, and the family consents
    Given Samira Khan records "Consent refused"
    And Priya Nair records "Offer early help again", because "the grandmother will come to the talk"
    When Samira Khan records "Consent given"
    Then consent is live

  @Y10
  Scenario: After a refusal the manager ends the work without early help
    Given Samira Khan records "Consent refused"
    When Priya Nair records "Close without early help" under "Decide what it means", because "the need is met by the school nurse"
    Then the transfer leads to "universal services"
    And "Write the early help plan" and "Show the family the assessment" does not apply
    And Samira Khan is responsible for Ada and Bo
    Given everything before "Close to social work" is done
    When Samira Khan records "Close; universal services only"
    Then nobody is responsible for Ada and Bo any more
    And the outcome for Ada and Bo is universal services
    And the transfer has ended

  Scenario: After a refusal the children stay with social work, if the family agrees to that
    Given Samira Khan records "Consent refused"
    When Priya Nair records "Stay with social work", because "the mother asks for it"
    Then the transfer has ended
    And the outcome for Ada and Bo is stays with social work
    And Samira Khan is responsible for Ada and Bo
    And the main contact of Ada and Bo is Samira Khan

  Scenario: After a refusal the manager acts on evidence of harm
    Given Samira Khan records "Consent refused"
    When Sam Okoro records "There is evidence of harm; stop the step down", because "what the school saw on Monday"
    Then the transfer has ended
    And Samira Khan is responsible for Ada and Bo

  Scenario: A transfer that has ended takes no more records
    Given Samira Khan records "Consent refused"
    And Priya Nair records "Stay with social work", because "the mother asks for it"
    When Samira Khan records "Consent given"
    Then it is refused
    And the refusal says "this transfer is over"
    And the refusal cites H9

  @H9
  Scenario: A consent was written down wrongly, and nothing rests on it yet
    Given Samira Khan records "Consent given"
    When Samira Khan corrects "Ask the family for consent to early help" to "Consent refused"
    Then consent is not live
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"

  @H9
  Scenario: What somebody was asked upon is not corrected under them
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Samira Khan corrects "Ask the family for consent to early help" to "Consent refused"
    Then it is refused
    And the refusal says "rests on it, and is corrected first"
    And the refusal cites H9
    And Samira Khan can put it right
    When Samira Khan takes back the record of "Ask a practitioner to lead"
    Then nobody is to lead
    When Samira Khan corrects "Ask the family for consent to early help" to "Consent refused"
    Then consent is not live

  @H9 @H1
  Scenario: A closure is not taken back: who answers for a child changes by an act of its own
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins" for Ada
    When Priya Nair takes back the record of "Close to social work" for Ada
    Then it is refused
    And the refusal cites H1 and H9
    And Jo Reid is responsible for Ada

  @H9 @H6
  Scenario: Nobody corrects what they may not record
    Given Samira Khan records "Consent given"
    When Priya Nair corrects "Ask the family for consent to early help" to "Consent refused"
    Then it is refused
    And Samira Khan can put it right

  Scenario: The parents disagree
    When Samira Khan records "The parents disagree"
    Then a reason is asked for
    When Samira Khan records "The parents disagree", because "the father does not want the school told"
    Then consent is not live
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"

  Scenario: The parents disagree, early help is offered again, and both consent
    Given Samira Khan records "The parents disagree", because "the father does not want the school told"
    When Priya Nair records "Offer early help again", because "a talk with both on Friday"
    Then Samira Khan is asked to do "Ask the family for consent to early help"
    And consent is not live
    When Samira Khan records "Consent given"
    Then consent is live
    And "Decide what it means for the child that there is no consent" does not apply

  Scenario: The manager finds that one parent's consent suffices
    Given Samira Khan records "The parents disagree", because "the father does not want the school told"
    When Priya Nair records "One parent's consent suffices", because "the mother has parental responsibility; his dissent is on record"
    Then consent is live
    And "Ask the family for consent to early help" is done
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo

  Scenario: One parent's consent suffices only where the parents disagree
    Given Samira Khan records "Consent refused"
    When Priya Nair records "One parent's consent suffices", because "she said yes last week"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"
    And the refusal cites Y9
    And consent is not live

  Scenario: While the parents disagree nobody is asked to lead
    Given everything before "Ask a practitioner to lead" is done, except "Ask the family for consent to early help"
    And Samira Khan records "The parents disagree", because "the father does not want the school told"
    When Samira Khan records "They were asked", choosing Jo Reid
    Then it is refused
    And the refusal cites Y9

  @Y15
  Scenario: Consent is withdrawn before the handover, and nothing closes over it
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Samira Khan records "Consent withdrawn"
    Then consent is not live
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026
    When Samira Khan records "Close; early help begins" for Ada
    Then it is refused
    And the refusal says "there is no live consent"
    And the refusal says "Decide what it means for the child that there is no consent"
    And the refusal says "Ask the family for consent to early help"
    And the refusal says "Oversee the closure"
    And nothing else stands in the way
    And Samira Khan is responsible for Ada and Bo

  @Y3
  Scenario: Consent is withdrawn after the handover; the lead stays responsible until a manager has decided
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    When Samira Khan records "Consent withdrawn"
    Then consent is not live
    And Jo Reid is responsible for Ada and Bo
    And the main contact of Ada and Bo is Jo Reid
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    When Priya Nair records "Offer early help again", because "they were upset about a letter"
    Then Jo Reid is responsible for Ada and Bo
    And the transfer goes on

  @Y3 @H10
  Scenario: The lead who is told that consent is withdrawn records it
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    When Jo Reid records "Consent withdrawn"
    Then consent is not live
    And Jo Reid is responsible for Ada and Bo
    And Priya Nair is asked to do "Decide what it means for the child that there is no consent"
    And "Decide what it means for the child that there is no consent" is due on Tuesday 8 December 2026

  Scenario: After the handover the lead records that consent is given again
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    And Jo Reid records "Consent withdrawn"
    And Priya Nair records "Offer early help again", because "they were upset about a letter"
    And Jo Reid is asked to do "Ask the family for consent to early help"
    When Jo Reid records "Consent given again", without "whose consent it is"
    Then it is refused
    And the refusal says "It is not written down whose consent it is"
    And the refusal cites Y9
    When Jo Reid records "Consent given again"
    Then consent is live
    And "Decide what it means for the child that there is no consent" does not apply
    And Jo Reid is responsible for Ada and Bo
    And the main contact of Ada and Bo is Jo Reid

  @Y15
  Scenario: Before the handover it is the social worker who asks, also after a refusal
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Consent withdrawn"
    And Priya Nair records "Offer early help again", because "they were upset about a letter"
    When Jo Reid records "Consent given again"
    Then it is refused
    And the refusal says "“Consent given again, after the handover” cannot be chosen as things stand now"
    And the refusal cites Y9 and Y15
    And nothing else stands in the way
    And consent is not live
    When Samira Khan records "Consent given"
    Then consent is live

  @H1
  Scenario: Consent is withdrawn after the handover and a manager ends it, so early help ends
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    And Jo Reid records "Consent withdrawn"
    When Priya Nair records "Close without early help" under "Decide what it means", because "they manage well"
    Then nobody is responsible for Ada and Bo any more
    And the form does not lie in the queue "Partner led EHA"
    And the transfer has ended

  Scenario: After the handover the children do not go back to social work by a withdrawal alone
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    And Jo Reid records "Consent withdrawn"
    When Priya Nair records "Stay with social work", because "to be on the safe side"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"
    And the refusal cites Y9
    And Jo Reid is responsible for Ada and Bo

  @H10
  Scenario: After the handover evidence of harm is acted on first, and the lead stays responsible until it is decided what follows
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    And Jo Reid records "Consent withdrawn"
    When Priya Nair records "There is evidence of harm; act on it first", because "what the school saw on Monday"
    Then Ruth Lane is asked to do "Decide on the safeguarding concern"
    And Jo Reid is responsible for Ada and Bo
    And the transfer goes on
    When Priya Nair records "There is evidence of harm; stop the step down", because "to be on the safe side"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"

  @Y1
  Scenario: Consent to the help of one service is withdrawn after the handover, and that help ends too
    Given Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"
    And everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; one service helps"
    And Jo Reid records "Consent withdrawn"
    And Jo Reid is responsible for Ada and Bo under "One service"
    When Priya Nair records "Close without early help" under "Decide what it means", because "they manage well"
    Then nobody is responsible for Ada and Bo any more
    And the transfer has ended

  @Y1 @H11
  Scenario: Where the other child stays with social work, no service goes on without consent
    Given Samira Khan records "One specialist, targeted or universal service", because "speech therapy is all she needs"
    And everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; one service helps" for Ada
    And Samira Khan records "Consent withdrawn"
    When Priya Nair records "Stay with social work", because "the mother asks for it"
    Then nobody is responsible for Ada any more
    And Samira Khan is responsible for Bo

  Scenario: While the parents disagree a second record does not settle it
    Given Samira Khan records "The parents disagree", because "the father does not want the school told"
    When Samira Khan records "Consent given"
    Then it is refused
    And the refusal says "cannot be chosen as things stand now"
    And the refusal cites Y9
    And consent is not live

  @Y16
  Scenario: Nobody chooses a lead for a family that has not consented
    Given Samira Khan records "Consent refused"
    And Priya Nair records "Offer early help again", because "they want to think it over"
    And on Monday 21 December 2026
    When Sam Okoro records "A council worker leads", choosing Chidi Obi, because "it takes too long"
    Then it is refused
    And the refusal says "Ask the family for consent to early help"
    And the refusal cites Y9
