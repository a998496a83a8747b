Feature: Partner-led early help
  The family says who they would most like to lead. That practitioner is asked and answers; silence and a no come back to the
  social worker, who stays responsible, and after two of them a service manager chooses.

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

  @Y16
  Scenario: The family's first choice is theirs, and is written down
    When Samira Khan records "Their wish is written down", without "the family's own words"
    Then it is refused
    And the refusal says "The family's own first choice is not written down yet"
    And the refusal cites Y16
    When Samira Khan records "Their wish is written down"
    Then "Ask who the family would most like to lead" is done

  @Y16
  Scenario: Nobody is asked to lead before the family has said whom they would like
    Given everything before "Ask a practitioner to lead" is done, except "Ask who the family would most like to lead"
    When Samira Khan records "They were asked", choosing Jo Reid
    Then it is refused
    And the refusal says "Ask who the family would most like to lead"
    And the refusal cites Y16
    And nothing else stands in the way

  @Y16
  Scenario: The practitioner hears of the need, the other agencies and the plan
    Given everything before "Ask a practitioner to lead" is done
    When Samira Khan records "They were asked", choosing Jo Reid, without "the need and the plan shared"
    Then it is refused
    And the refusal says "the need, the other agencies and the proposed plan were talked about"
    And the refusal cites Y16
    When Samira Khan records "They were asked", choosing Jo Reid
    Then Jo Reid has been asked to lead
    And Jo Reid is asked to do "Answer whether you will lead"
    And Samira Khan is responsible for Ada and Bo

  @Y16
  Scenario: Somebody has to be named
    Given everything before "Ask a practitioner to lead" is done
    When Samira Khan records "They were asked"
    Then it is refused
    And the refusal says "No practitioner is chosen yet"

  @Y16 @Y3
  Scenario: The lead accepts, and nothing moves yet
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And "Answer whether you will lead" is due on Friday 4 December 2026
    When on Friday 4 December 2026 at 17:00
    Then "Answer whether you will lead" is not overdue
    When Jo Reid records "Yes, I will lead"
    Then Jo Reid has agreed to lead
    And Samira Khan is responsible for Ada and Bo
    And the main contact of Ada and Bo is Samira Khan

  @Y16
  Scenario: The date from which they lead is part of the yes
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Jo Reid records "Yes, I will lead", without "a date agreed"
    Then it is refused
    And the refusal says "No date is agreed yet"
    And the refusal cites Y16

  @Y16
  Scenario: An answer by telephone is recorded for them
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Samira Khan records "Yes, I will lead"
    Then Jo Reid has agreed to lead

  @Y16
  Scenario: Nobody answers in the place of somebody else's lead
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Mina Shah records "Yes, I will lead"
    Then it is refused
    And the refusal cites Y16
    And the refusal says "is for the practitioner who takes over"

  @Y16
  Scenario: A question is no answer
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Jo Reid records "I have a question first", because "who pays for the interpreter?"
    Then "Answer whether you will lead" can be done now
    And Jo Reid has been asked to lead

  @Y16
  Scenario: The lead declines once, and the social worker asks somebody else
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Jo Reid records "I cannot"
    Then a reason is asked for
    When Jo Reid records "I cannot", because "I leave in January"
    Then nobody is to lead
    And Samira Khan is responsible for Ada and Bo
    And Samira Khan is asked to do "Ask a practitioner to lead"
    And "Choose who leads, because no partner has agreed" does not apply
    When Samira Khan records "They were asked", choosing Mina Shah
    Then Mina Shah has been asked to lead

  @Y16
  Scenario: Two leads decline, and a service manager chooses
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    Then Sam Okoro is asked to do "Choose who leads, because no partner has agreed"
    And "Choose who leads, because no partner has agreed" is due on Tuesday 8 December 2026
    And Samira Khan is responsible for Ada and Bo
    When Priya Nair records "A council worker leads", choosing Chidi Obi, because "nobody else can"
    Then it is refused
    And the refusal cites Y16
    And Sam Okoro can put it right

  @Y16
  Scenario: The service manager chooses in time, and a council worker leads
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    And "Choose who leads, because no partner has agreed" is due on Tuesday 8 December 2026
    When Sam Okoro records "A council worker leads", choosing Chidi Obi, because "until the school has a new head of year"
    Then Chidi Obi has agreed to lead
    And "Ask a practitioner to lead" does not apply
    Given everything before "Close to social work" is done
    When Samira Khan records "Close; early help begins"
    Then Chidi Obi is responsible for Ada and Bo

  @Y16
  Scenario: The service manager has not chosen in time
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    When on Wednesday 9 December 2026 at 09:00
    Then "Choose who leads, because no partner has agreed" is overdue
    And Priya Nair is told that "Choose who leads, because no partner has agreed" is late

  @Y16 @Y21
  Scenario: The service manager asks for targeted early help instead
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    When Sam Okoro records "Ask for targeted early help instead", because "they need more than a school can give"
    Then the transfer leads to "targeted early help"
    And Samira Khan is asked to do "Ask the weekly transfer meeting for a support practitioner"

  @Y16 @Y10
  Scenario: The service manager ends the work without early help
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    When Sam Okoro records "Close without early help" under "Choose who leads", because "the family no longer wants it"
    Then the transfer leads to "universal services"

  @Y16
  Scenario: The lead is silent; after three working days somebody else can be asked
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When on Friday 4 December 2026 at 17:01
    Then "Answer whether you will lead" is overdue
    And Priya Nair is told that "Answer whether you will lead" is late
    And Samira Khan is responsible for Ada and Bo
    When Samira Khan records "They were asked", choosing Mina Shah
    Then Mina Shah has been asked to lead
    And "Answer whether you will lead" is not overdue
    And "Answer whether you will lead" is due on Thursday 10 December 2026

  @Y16
  Scenario: Silence accepts nothing
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When on Monday 21 December 2026
    And Samira Khan records "Added" for Ada
    Then it is refused
    And the refusal says "Answer whether you will lead"
    And Jo Reid has been asked to lead
    And Samira Khan is responsible for Ada and Bo

  @Y16
  Scenario: A lead is asked, and agrees, within ten working days of the consent
    Given Samira Khan records "Consent given"
    Then "Ask a practitioner to lead" is due on Tuesday 15 December 2026
    When on Monday 14 December 2026 at 16:00
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    Then Jo Reid has been asked to lead
    And "Ask a practitioner to lead" is due on Tuesday 15 December 2026
    When on Tuesday 15 December 2026 at 16:00
    And Jo Reid records "Yes, I will lead"
    And on Wednesday 16 December 2026
    Then "Choose who leads, because no partner has agreed" does not apply

  @Y16
  Scenario: Nobody has been asked within ten working days, so a service manager chooses
    Given Samira Khan records "Consent given"
    When on Wednesday 16 December 2026 at 09:00
    Then "Ask a practitioner to lead" is overdue
    And Priya Nair is told that "Ask a practitioner to lead" is late
    And Sam Okoro is asked to do "Choose who leads, because no partner has agreed"
    And "Choose who leads, because no partner has agreed" is due on Tuesday 22 December 2026

  @Y16
  Scenario: Nobody was asked in time, and the service manager does not choose in time either
    Given Samira Khan records "Consent given"
    When on Tuesday 22 December 2026 at 16:59
    Then "Choose who leads, because no partner has agreed" is not overdue
    When on Wednesday 23 December 2026 at 09:00
    Then "Choose who leads, because no partner has agreed" is overdue
    And Priya Nair is told that "Choose who leads, because no partner has agreed" is late

  @Y16
  Scenario: Somebody was asked and stays silent; after ten working days from the consent a service manager chooses
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When on Tuesday 15 December 2026 at 17:00
    Then Sam Okoro is not asked to do "Choose who leads, because no partner has agreed"
    When on Tuesday 15 December 2026 at 17:01
    Then "Ask a practitioner to lead" is overdue
    And Priya Nair is told that "Ask a practitioner to lead" is late
    And Sam Okoro is asked to do "Choose who leads, because no partner has agreed"
    And Samira Khan is responsible for Ada and Bo
    When Sam Okoro records "A council worker leads", choosing Chidi Obi, because "the school does not ring back"
    Then Chidi Obi has agreed to lead

  @Y16
  Scenario: A late yes is a yes, as long as nobody has chosen
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When on Wednesday 16 December 2026
    And Jo Reid records "Yes, I will lead"
    Then Jo Reid has agreed to lead
    And "Choose who leads, because no partner has agreed" does not apply

  @Y16 @H10
  Scenario: Nobody else is asked to lead over a lead who holds the children
    Given everything before "Close to social work" is done, with Jo Reid to lead
    And Samira Khan records "Close; early help begins"
    When Samira Khan records "They were asked", choosing Mina Shah
    Then it is refused
    And the refusal says "does not apply as things stand now"
    And the refusal cites Y16
    And nothing else stands in the way
    And Jo Reid is responsible for Ada and Bo

  @Y16
  Scenario: A service manager does not choose while the search goes on
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    When Sam Okoro records "A council worker leads", choosing Chidi Obi, because "quicker"
    Then it is refused
    And the refusal says "does not apply as things stand now"

  @Y16 @H7
  Scenario: The family does not want to name anybody
    Given Samira Khan asks to go on without "Ask who the family would most like to lead" as declined by the family, because "they leave it to us"
    When Priya Nair grants the exception to "Ask who the family would most like to lead", because "asked twice"
    Then "Ask who the family would most like to lead" is excepted

  @Y35 @Y33 @Y34 @Y3
  Scenario: The whole way, and the form is taken up in time
    Given everything before "Close to social work" is done, with Jo Reid to lead
    Then the form lies in the queue "Partner led EHA"
    And the form lies in the queue "Partner-led EH"
    And "Take the form up from 'Partner led EHA'" is due on Tuesday 8 December 2026
    When Samira Khan records "Close; early help begins"
    Then Jo Reid is responsible for Ada and Bo under "Early help"
    And the main contact of Ada and Bo is Jo Reid
    And the transfer goes on
    And Dana Cole is asked to do "Take the form up from 'Partner led EHA'"
    When on Tuesday 8 December 2026
    And Dana Cole records "Taken up"
    Then the form does not lie in the queue "Partner led EHA"
    And the transfer has ended
    And the outcome for Ada and Bo is early help

  @Y35
  Scenario: The form lies in the queue for too long
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When on Wednesday 9 December 2026
    Then "Take the form up from 'Partner led EHA'" is overdue
    And Priya Nair is told that "Take the form up from 'Partner led EHA'" is late

  @Y35
  Scenario: Only the early help co-ordinator takes it up
    Given everything before "Close to social work" is done, with Jo Reid to lead
    When Marcus Webb records "Taken up"
    Then it is refused
    And the refusal cites Y35
    And Dana Cole can put it right

  @Y35
  Scenario: Closure waits until the form is assigned to the queue
    Given everything before "Close to social work" is done, with Jo Reid to lead, except "Assign the form to 'Partner led EHA'"
    When Samira Khan records "Close; early help begins"
    Then it is refused
    And the refusal says "Assign the form to 'Partner led EHA'"
    And the refusal cites Y35
    And before the closure there is still "Assign the form to 'Partner led EHA'" and "Oversee the closure"

  @Y16 @Y3
  Scenario: A council worker who leads leaves, and the search goes on
    Given everything before "Ask a practitioner to lead" is done
    And Samira Khan records "They were asked", choosing Jo Reid
    And Jo Reid records "I cannot", because "I leave in January"
    And Samira Khan records "They were asked", choosing Mina Shah
    And Mina Shah records "I cannot", because "my list is full"
    And Sam Okoro records "A council worker leads", choosing Chidi Obi, because "until the school has a new head of year"
    When Chidi Obi records "They leave, or cannot lead after all", because "ill for long"
    Then nobody is to lead
    And Samira Khan is responsible for Ada and Bo
    And Samira Khan is asked to do "Ask a practitioner to lead"
    And Sam Okoro is asked to do "Choose who leads, because no partner has agreed"
