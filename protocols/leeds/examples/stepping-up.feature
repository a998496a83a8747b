Feature: Step up from early help
  Whoever helps a family asks within their own agency, then Duty and Advice, who answer in one of four ways. A single assessment uses
  what early help knows already, and ends in one of three.

  Background:
    Given Nina Patel is a lead practitioner
    And Ben Carter is a single agency practitioner
    And Grace Obi is a targeted services leader
    And Mel Brook is a Duty and Advice worker
    And Ruth Lane is a duty manager
    And Sue Hirst is a service manager
    And Ivy Cole is of Integrated Processes Team
    And Vera Quinn is an escalation lead of the partnership
    And Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And a family with the children Ada (9) and Bo (14)

  Rule: Contact by a lead practitioner

    Background:
      Given Nina Patel is responsible for them, under Grace Obi
      And on Tuesday 1 December 2026 at 10:00
      And "Ask Duty and Advice about a family with an early help plan" begins

    @L4
    Scenario: Advice from one's own agency is written down
      When Nina Patel records "I was advised"
      Then "Ask your line manager or safeguarding lead" is done

    @L4
    Scenario: What is written down says who advised
      When Nina Patel records "I was advised", without "the other person's name"
      Then it is refused
      And the refusal says "It is not written down with whom you spoke"
      And the refusal quotes L4, "from their own agency line managers and agency safeguarding leads (if this support is available)"

    @L5 @L4
    Scenario: Duty and Advice can be asked without it
      When Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      Then Mel Brook is asked to do "Answer the practitioner"
      And "Answer the practitioner" is due on Wednesday 2 December 2026
      And Mel Brook is responsible for Ada and Bo under "Contact"
      And Nina Patel is responsible for Ada and Bo under "Multi-agency early help plan"

    @L5
    Scenario: What is asked is written down
      When Nina Patel records "Ask" under "Ask Duty and Advice"
      Then a reason is asked for
      When Amira Hussain records "Ask" under "Ask Duty and Advice", because "I heard of it"
      Then it is refused
      And the refusal quotes L5, "through a conversation with Duty and Advice at the Front Door"

    @L5 @L7
    Scenario: Advice in time, and early help goes on
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      And "Answer the practitioner" is due on Wednesday 2 December 2026
      When on Wednesday 2 December 2026 at 15:00
      And Mel Brook records "Advice, and no referral is accepted", because "ask the attendance team first"
      Then the transfer leads to "advice"
      When Mel Brook records "Advice was given; early help goes on"
      Then Nina Patel is responsible for Ada and Bo
      And the outcome for Ada and Bo is advice given
      And the transfer has ended

    @L5 @H8
    Scenario: An answer that comes too late
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      When on Thursday 3 December 2026
      Then "Answer the practitioner" is overdue
      And Ruth Lane is told that "Answer the practitioner" is late

    @L7
    Scenario: The advice comes with its reason
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      When Mel Brook records "Advice, and no referral is accepted"
      Then a reason is asked for
      When Nina Patel records "Advice, and no referral is accepted", because "I think so myself"
      Then it is refused
      And the refusal cites L7
      And Mel Brook can put it right

    @L7 @H6
    Scenario: The practitioner disagrees, and somebody else decides
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      And Ruth Lane records "Advice, and no referral is accepted", because "ask the attendance team first"
      And Nina Patel records "I do not agree", because "they have tried for a month"
      And "Settle the disagreement between the managers (first level)" is due on Thursday 3 December 2026
      When Ruth Lane records "Settled. What was decided stands" under "Settle the disagreement between the managers (first level)", because "I said so"
      Then it is refused
      And the refusal cites L7
      When Nina Patel records "Settled. What was decided stands" under "Settle the disagreement between the managers (first level)", because "I said so"
      Then it is refused
      And the refusal cites H6
      When on Thursday 3 December 2026 at 15:00
      And Grace Obi records "Settled. It is decided anew, at once" under "Settle the disagreement between the managers (first level)", because "there is more in it"
      Then "Answer the practitioner" can be done now

    @L7 @H8
    Scenario: A disagreement that waits too long goes on to each level
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      And Mel Brook records "Advice, and no referral is accepted", because "ask the attendance team first"
      And Nina Patel records "I do not agree", because "they have tried for a month"
      When on Friday 4 December 2026
      Then "Settle the disagreement between the managers (first level)" is overdue
      When Mel Brook records "Advice was given; early help goes on"
      Then it is refused
      When Tom Barker records "Not settled. It goes to a service manager", because "we see it differently"
      Then "Settle the disagreement as service manager (second level)" is due on Tuesday 8 December 2026
      When Sue Hirst records "Not settled. It goes to the partnership", because "a matter of thresholds"
      Then "Settle the disagreement for the partnership (last level)" is due on Tuesday 8 December 2026
      When Vera Quinn records "Settled. What was decided stands" under "Settle the disagreement for the partnership (last level)", because "the attendance team is the way"
      And Mel Brook records "Advice was given; early help goes on"
      Then the transfer has ended

    @L7
    Scenario: A disagreement is settled in time
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      And Mel Brook records "Advice, and no referral is accepted", because "ask the attendance team first"
      And Nina Patel records "I do not agree", because "they have tried for a month"
      And "Settle the disagreement between the managers (first level)" is due on Thursday 3 December 2026
      When on Thursday 3 December 2026 at 15:00
      And Tom Barker records "Settled. What was decided stands" under "Settle the disagreement between the managers (first level)", because "the attendance team is the way"
      Then "Settle the disagreement between the managers (first level)" is done

    @L13
    Scenario: Emergency protective action waits for no answer, and names who responds
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "she says she cannot go home"
      When Ruth Lane records "The child becomes looked after, in the short term" for Ada and Bo, choosing Amira Hussain, because "no safe place tonight"
      Then Amira Hussain is responsible for Ada and Bo under "Looked after"
      And Nina Patel is responsible for Ada and Bo under "Multi-agency early help plan"
      And the outcome for Ada and Bo is looked after
      And the transfer has ended

    @L13
    Scenario: Emergency protective action is possible before anybody has asked, and is not a partner's to decide
      When Nina Patel records "The child becomes looked after, in the longer term" for Bo, choosing Amira Hussain, because "she said so"
      Then it is refused
      And the refusal cites L13
      When Tom Barker records "The child becomes looked after, in the longer term" for Bo, choosing Amira Hussain, because "police powers of protection"
      Then Amira Hussain is responsible for Bo under "Looked after"
      And the transfer goes on

    @L1
    Scenario: A contact that is not needed after all, and one child who is left out of it
      When Nina Patel records "The help that there is goes on for this child" for Bo, because "the school has it in hand"
      Then the outcome for Bo is early help goes on
      When Nina Patel records "The help that there is goes on without it", because "the sleep clinic answered"
      Then the transfer has ended
      And Nina Patel is responsible for Ada and Bo

    @L19 @H1
    Scenario: The practitioner leaves while Duty and Advice is asked
      Given Nina Patel records "They leave or are away for long", because "a new post"
      Then Grace Obi is responsible for Ada and Bo
      And "Allocate somebody in their place" is due on Thursday 3 December 2026

    @L6 @H3
    Scenario: A concern during the contact is decided for itself
      Given Nina Patel records "Reported"
      When Ruth Lane records "Social work is needed", because "a new bruise"
      Then the transfer goes on

    @H9 @H6
    Scenario: A child dies during the contact
      Given Nina Patel records "The child has died" under "Record that it ends, and nobody chose it" for Ada, because "the hospital rang"
      And "Confirm the ending that nobody chose" is due on Thursday 3 December 2026
      When Ruth Lane records "The child has died" under "Confirm the ending that nobody chose" for Ada, because "confirmed"
      Then nobody is responsible for Ada any more
      And the outcome for Ada is died
      And Nina Patel is responsible for Bo

    @L9
    Scenario: A single assessment is considered, decided on by a manager in time, and step up goes on
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "a bruise that nobody explains"
      And Mel Brook records "A child and family single assessment is considered", because "a pattern"
      And "Decide whether a single assessment is started" is due on Wednesday 2 December 2026
      When on Wednesday 2 December 2026 at 12:00
      And Ruth Lane records "Yes, it is started", because "three contacts in a month"
      And "Allocate a social worker for the assessment" is due on Thursday 3 December 2026
      And Ruth Lane records "Allocate" under "Allocate a social worker for the assessment", choosing Amira Hussain
      Then Amira Hussain is responsible for Ada and Bo under "Child and family single assessment"
      And Nina Patel is responsible for Ada and Bo under "Multi-agency early help plan"
      When Mel Brook records "The single assessment has begun"
      Then the outcome for Ada and Bo is assessment

    @L9
    Scenario: No is an answer too, with its reason, by a named manager
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "a bruise that nobody explains"
      And Mel Brook records "A child and family single assessment is considered", because "a pattern"
      When Mel Brook records "No, it is not started", because "the school explained it"
      Then it is refused
      And the refusal quotes L9, "A Child and Family Single Assessment is considered"
      And Ruth Lane can put it right
      When Ruth Lane records "No, it is not started", because "the school explained it"
      Then the transfer leads to "advice"

    @L9 @H8
    Scenario: The decision and the allocation are late
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "a bruise that nobody explains"
      And Mel Brook records "A child and family single assessment is considered", because "a pattern"
      When on Thursday 3 December 2026
      Then "Decide whether a single assessment is started" is overdue
      When Ruth Lane records "Yes, it is started", because "three contacts in a month"
      And on Monday 7 December 2026
      Then "Allocate a social worker for the assessment" is overdue

    @L10
    Scenario: An emergency response, with who responds and when
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "she says she cannot go home"
      And Mel Brook records "An immediate emergency response", because "no safe place tonight"
      And "Say who responds, and when" is due on Tuesday 1 December 2026 at 11:00
      When Ruth Lane records "A social worker responds", choosing Amira Hussain
      Then Amira Hussain is responsible for Ada and Bo under "Child and family single assessment"

    @L10
    Scenario: An emergency response names a time
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "she says she cannot go home"
      And Mel Brook records "An immediate emergency response", because "no safe place tonight"
      When Ruth Lane records "A social worker responds", choosing Amira Hussain, without "a date agreed"
      Then it is refused
      And the refusal cites L10

    @L10 @H8
    Scenario: Nobody has said who responds
      Given Nina Patel records "Ask" under "Ask Duty and Advice", because "she says she cannot go home"
      And Mel Brook records "An immediate emergency response", because "no safe place tonight"
      When on Tuesday 1 December 2026 at 11:01
      Then "Say who responds, and when" is overdue

    @L5 @H8
    Scenario: A contact that takes too long as a whole
      When on Wednesday 6 January 2027
      Then "Ask Duty and Advice" is overdue
      And Ruth Lane is told that "Ask Duty and Advice" is late

    @L5
    Scenario: A contact within its time
      Given "Ask Duty and Advice" is due on Thursday 31 December 2026
      When Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      Then "Ask Duty and Advice" is done

    @L1
    Scenario: Step up is a transfer of its own
      When Nina Patel records "Ask" under "Ask Duty and Advice", because "he has not been at school for two weeks"
      Then the transfer goes on
      And Nina Patel is responsible for Ada and Bo under "Multi-agency early help plan"

    @L1
    Scenario: The contact is asked by whoever helps the family
      When Ben Carter records "Ask" under "Ask Duty and Advice", because "I met him once"
      Then it is refused
      And the refusal cites L1
      And Nina Patel can put it right

  Rule: Contact by one agency

    Background:
      Given Ben Carter is responsible for them, under Grace Obi
      And on Tuesday 1 December 2026 at 10:00
      And "Ask Duty and Advice about a family whom one agency helps" begins
      And Ben Carter records "Ask" under "Ask Duty and Advice", because "more than one agency can meet"
      And Mel Brook records "An early help assessment and plan is needed", because "school and health"

    @L8
    Scenario: The Integrated Processes Team has it in its list and advises in time, and early help starts on consent
      Given the form lies in the queue "Integrated Processes Team"
      And "Advise on the early help assessment and plan" is due on Tuesday 8 December 2026
      When Ivy Cole records "Advice was given", because "begin with the school nurse's assessment"
      Then the form does not lie in the queue "Integrated Processes Team"
      When Ben Carter records "Consent given"
      And Ben Carter records "The early help plan begins, and I lead it"
      Then Ben Carter is responsible for Ada and Bo under "Multi-agency early help plan"
      And the transfer has ended

    @L8
    Scenario: Early help does not start without consent, and after a silence a manager decides what it means
      Given Ivy Cole records "Advice was given", because "begin with the school nurse's assessment"
      And "Ask the family for consent to early help" is due on Tuesday 8 December 2026
      When Ben Carter records "The early help plan begins, and I lead it"
      Then it is refused
      And the refusal says "The family has not given consent to early help yet"
      And the refusal cites L8
      When Mel Brook records "The help that there is goes on, with the Integrated"
      Then it is refused
      And the refusal says "Ask the family for consent to early help"
      When on Wednesday 9 December 2026
      Then "Ask the family for consent to early help" is overdue
      And Grace Obi is asked to do "Decide what it means that there is no consent to early help"
      When Grace Obi records "The help that there is goes on without an early help plan", because "the school nurse meets the need"
      And Mel Brook records "The help that there is goes on, with the Integrated"
      Then Ben Carter is responsible for Ada and Bo under "Single agency response"
      And the transfer has ended

    @L8 @L16 @LAW1
    Scenario: The family says no, and whoever helps stays responsible until a manager has decided
      Given Ivy Cole records "Advice was given", because "begin with the school nurse's assessment"
      And Ben Carter records "Consent refused"
      And consent is not live
      And "Decide what it means that there is no consent to early help" is due on Tuesday 8 December 2026
      When Ben Carter records "The help that there is goes on without an early help plan", because "they said no"
      Then it is refused
      And the refusal cites LAW1
      And Grace Obi can put it right
      And Ben Carter is responsible for Ada and Bo under "Single agency response"
      When Grace Obi records "Offer it again", because "they want to think it over"
      Then "Ask the family for consent to early help" can be done now
      When Ben Carter records "Consent given"
      And Ben Carter records "The early help plan begins, and I lead it"
      Then Ben Carter is responsible for Ada and Bo under "Multi-agency early help plan"

    @L8 @L16 @LAW1
    Scenario: The parents disagree, and one parent's consent suffices
      Given Ivy Cole records "Advice was given", because "begin with the school nurse's assessment"
      And Ben Carter records "The parents disagree", because "he does not want the school to know"
      When Ben Carter records "The early help plan begins, and I lead it"
      Then it is refused
      When Grace Obi records "One parent's consent suffices", because "she has care of them both"
      And Ben Carter records "The early help plan begins, and I lead it"
      Then Ben Carter is responsible for Ada and Bo under "Multi-agency early help plan"

    @L8 @LAW1
    Scenario: Consent is taken back before the plan begins, and Duty and Advice answers anew
      Given Ben Carter records "Consent given"
      And Ben Carter records "Consent withdrawn"
      And consent is not live
      When Grace Obi records "Duty and Advice answers anew", because "it was the condition of their advice"
      Then the form lies in the queue "Duty and Advice"
      And "Answer the practitioner" can be done now
      When Mel Brook records "Advice, and no referral is accepted", because "the school nurse alone will do"
      And Mel Brook records "Advice was given; early help goes on"
      Then Ben Carter is responsible for Ada and Bo under "Single agency response"

    @L8 @H8
    Scenario: The team has not advised in time
      When on Wednesday 9 December 2026
      Then "Advise on the early help assessment and plan" is overdue

  Rule: The single assessment

    Background:
      Given Ed Marsh is a chair of the child protection conference
      And Amira Hussain is responsible for them, under Tom Barker
      And on Tuesday 1 December 2026 at 10:00
      And "Step up through the child and family single assessment" begins

    @L11
    Scenario: A registered early help assessment fills in the single assessment
      Then the field "What the child needs" is filled in from the registered early help assessment
      When Amira Hussain records "It is complete"
      Then "Check what the early help assessment says already" is done

    @L11
    Scenario: A part that is empty
      When Amira Hussain records "It is complete", without "all parts written"
      Then it is refused
      And the refusal quotes L11, "can be used by CSWS to inform the Child and Family Single Assessment"

    @L12
    Scenario: A social worker is allocated, and a child in need plan begins, in time
      Given Amira Hussain records "It is complete"
      And "Authorise the child and family single assessment" is due on Friday 5 February 2027
      And Tom Barker records "Authorise"
      And Tom Barker records "A social worker and a child in need plan", because "he needs more than advice"
      When Tom Barker records "Allocate; the child in need plan begins", choosing Amira Hussain
      Then Amira Hussain is responsible for Ada and Bo under "Child in need plan"
      And the transfer has ended

    @L12
    Scenario: A child protection plan is made by a conference
      Given Amira Hussain records "It is complete"
      And Tom Barker records "Authorise"
      And Tom Barker records "A child protection conference", because "significant harm is likely"
      When Tom Barker records "Allocate; the child protection plan begins", choosing Amira Hussain
      Then it is refused
      And the refusal says "Record what the initial child protection conference decided"
      And the refusal cites L12 and LAW3
      When Ed Marsh records "The conference decided on a child protection plan"
      And Tom Barker records "Allocate; the child protection plan begins", choosing Amira Hussain
      Then Amira Hussain is responsible for Ada and Bo under "Child protection plan"

    @L12 @H8
    Scenario: The single assessment takes too long
      When on Tuesday 9 February 2027
      Then "Check what the early help assessment says already" is overdue
      And Tom Barker is told that "Check what the early help assessment says already" is late

    @L13
    Scenario: Emergency protective action waits for nothing
      When Tom Barker records "The child becomes looked after, in the short term" for Ada, because "police powers of protection"
      Then Amira Hussain is responsible for Ada under "Looked after"
      And Amira Hussain is responsible for Ada and Bo under "Child and family single assessment"
      When Ruth Lane records "The child becomes looked after, in the longer term" for Bo, because "he cannot go home either"
      Then Amira Hussain is responsible for Bo under "Looked after"

    @L13
    Scenario: Emergency protective action is not a partner's to decide
      When Nina Patel records "The child becomes looked after, in the longer term" for Bo, because "she said so"
      Then it is refused
      And the refusal cites L13
      And Tom Barker can put it right

    @L14 @L15
    Scenario: Social work is not required, nobody helps yet, and the step down says what follows
      Given Amira Hussain records "It is complete"
      And Tom Barker records "Authorise"
      And Tom Barker records "Social work is not required; a step down says what follows", because "the school nurse could help"
      When Amira Hussain records "The step down from the assessment begins"
      Then Amira Hussain is responsible for Ada and Bo under "Child and family single assessment"
      And the outcome for Ada and Bo is stepping down
      And the transfer has ended

    @L14 @H10
    Scenario: Where nobody helps, social work does not end with advice alone
      Given Amira Hussain records "It is complete"
      And Tom Barker records "Authorise"
      When Tom Barker records "Social work is not required; advice to the early help practitioner", because "the school could do it"
      Then it is refused
      And the refusal quotes L14, "the Early Help practitioner is given advice on how to access universal and targeted support"
      And Amira Hussain is responsible for Ada and Bo

    @L14
    Scenario: Nothing ends before a manager has decided what follows
      Given Amira Hussain records "It is complete"
      And Tom Barker records "Authorise"
      When Amira Hussain records "The step down from the assessment begins" for Ada
      Then it is refused
      And the refusal cites L14
      And Amira Hussain is responsible for Ada and Bo
