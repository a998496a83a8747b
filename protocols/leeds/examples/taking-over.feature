Feature: Somebody takes over, with the summary of advice in their hands
  Whoever takes over is looked for among those who know the family. The social worker stays responsible until they have the summary,
  the final plan and the assessment, and say so.

  Background:
    Given Amira Hussain is a social worker
    And Tom Barker is a social work team manager
    And Grace Obi is a targeted services leader
    And Sue Hirst is a service manager
    And Nina Patel is a lead practitioner
    And Ben Carter is a single agency practitioner
    And a family with the children Ada (9) and Bo (14)
    And Amira Hussain is responsible for them, under Tom Barker
    And on Tuesday 1 December 2026 at 10:00
    And "Step down from a child in need plan" begins
    And Amira Hussain records "The needs have been met", because "he is safe and well"
    And Amira Hussain records "A multi-agency early help plan" under "Choose what follows", because "school and health"

  @L18
  Scenario: A lead practitioner of an agency already involved
    Given everything before "Ask a practitioner to take over" is done
    And "Ask a practitioner to take over" is due on Tuesday 15 December 2026
    When Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    Then Nina Patel has been asked to lead
    And "Answer whether you will take over" is due on Friday 4 December 2026

  @L18
  Scenario: Another agency needs a reason
    Given everything before "Ask a practitioner to take over" is done
    When Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel, without "an agency already involved"
    Then it is refused
    And the refusal says "agency does not work with the children yet; another agency needs a reason"
    And the refusal quotes L18, "from an agency already involved with the family"
    And nothing else stands in the way
    When Amira Hussain records "Somebody of another agency was asked", choosing Nina Patel
    Then a reason is asked for
    When Amira Hussain records "Somebody of another agency was asked", choosing Nina Patel, because "nobody of the school has time, and the family asks for her"
    Then Nina Patel has been asked to lead

  @L18 @H8
  Scenario: A practitioner who stays silent; after ten days a service manager chooses
    Given everything before "Ask a practitioner to take over" is done
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    When on Friday 4 December 2026 at 17:01
    Then "Answer whether you will take over" is overdue
    When on Wednesday 16 December 2026
    Then "Ask a practitioner to take over" is overdue
    And "Choose who takes over, because nobody has agreed" can be done now
    And Sue Hirst is asked to do "Choose who takes over, because nobody has agreed"
    And "Choose who takes over, because nobody has agreed" is due on Tuesday 22 December 2026
    When Sue Hirst records "Somebody of the council takes over", choosing Grace Obi, because "nobody has answered"
    Then Grace Obi has agreed to lead
    And Amira Hussain is responsible for Ada and Bo

  @L18
  Scenario: An answer and a choice in time
    Given everything before "Ask a practitioner to take over" is done
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    And "Answer whether you will take over" is due on Friday 4 December 2026
    When on Friday 4 December 2026 at 16:00
    Then "Answer whether you will take over" is not overdue
    When Nina Patel records "Yes, I will"
    Then Nina Patel has agreed to lead

  @L18
  Scenario: After two declines the service manager chooses
    Given everything before "Ask a practitioner to take over" is done
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    And Nina Patel records "I cannot", because "no time"
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Ben Carter
    And Ben Carter records "I cannot", because "no time"
    And Sue Hirst is asked to do "Choose who takes over, because nobody has agreed"
    And "Choose who takes over, because nobody has agreed" is due on Tuesday 8 December 2026
    When on Tuesday 8 December 2026 at 16:00
    And Sue Hirst records "Somebody of the council takes over", choosing Grace Obi, because "nobody of the school has time"
    Then Grace Obi has agreed to lead

  @L18 @H8
  Scenario: The service manager is late to choose
    Given everything before "Ask a practitioner to take over" is done
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    And Nina Patel records "I cannot", because "no time"
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Ben Carter
    And Ben Carter records "I cannot", because "no time"
    When on Wednesday 9 December 2026
    Then "Choose who takes over, because nobody has agreed" is overdue
    When Sue Hirst records "Universal services only, and tell the family" under "Choose who takes over", because "the school goes on as it does"
    Then the transfer leads to "universal services"

  @L23
  Scenario: Managers talk while nobody has been found
    When Tom Barker records "There is somebody to ask", because "the school nurse knows them"
    Then "Talk between managers about the right response" is done
    When Grace Obi records "The search goes on", because "nobody of the school"
    Then "Talk between managers about the right response" is done

  @L23
  Scenario: The conversation says who spoke with whom
    When Tom Barker records "The search goes on", without "the other person's name", because "nobody yet"
    Then it is refused
    And the refusal says "It is not written down with whom you spoke"
    And the refusal quotes L23, "may have a conversation to identify the right response"

  @L23
  Scenario: Nobody is asked to talk once somebody has been found
    Given everything before "Ask a practitioner to take over" is done
    And Amira Hussain records "Somebody of an agency already involved was asked", choosing Nina Patel
    And Nina Patel records "Yes, I will"
    When Tom Barker records "The search goes on", because "to be sure"
    Then it is refused
    And the refusal says "does not apply as things stand now"
    And the refusal cites L23

  @L23
  Scenario: The step down does not wait for the managers' conversation
    Given everything before "Close to social work" is done, with Nina Patel to lead
    When Amira Hussain records "Close; the multi-agency early help plan begins"
    Then Nina Patel is responsible for Ada and Bo

  @L20
  Scenario: The summary has the reasons and everybody's views
    Given everything before "Write the summary of advice" is done, with Nina Patel to lead
    When Amira Hussain records "The summary is complete"
    Then "Write the summary of advice" is done
    And the field "Why the plan or the assessment ends" is filled in from the first decision

  @L20
  Scenario: No view is left empty
    Given everything before "Write the summary of advice" is done, with Nina Patel to lead
    When Amira Hussain records "The summary is complete", without "all parts written"
    Then it is refused
    And the refusal says "write why it was not obtained and what was tried"
    And the refusal quotes L20, "the views, wishes and feelings of the child / young person and their parent / carers"
    And nothing else stands in the way

  @L19
  Scenario: The summary is written, sent and received; then the case closes
    Given everything before "Say that you have the summary and the documents" is done, with Nina Patel to lead
    And "Say that you have the summary and the documents" is due on Tuesday 8 December 2026
    When Nina Patel records "I have the summary"
    Then "Say that you have the summary and the documents" is done
    And Amira Hussain is responsible for Ada and Bo
    Given everything before "Close to social work" is done, with Nina Patel to lead
    When Amira Hussain records "Close; the multi-agency early help plan begins"
    Then Nina Patel is responsible for Ada and Bo

  @L19 @H10
  Scenario: The social worker stays responsible until the summary is received
    Given everything before "Close to social work" is done, with Nina Patel to lead, except "Say that you have the summary and the documents"
    When Amira Hussain records "Close; the multi-agency early help plan begins" for Ada
    Then it is refused
    And the refusal says "Say that you have the summary and the documents, and take over"
    And the refusal cites L19
    And Amira Hussain is responsible for Ada and Bo

  @L19 @H8
  Scenario: The practitioner does not say that they have it
    Given everything before "Say that you have the summary and the documents" is done, with Nina Patel to lead
    When on Wednesday 9 December 2026
    Then "Say that you have the summary and the documents" is overdue
    And Tom Barker is told that "Say that you have the summary and the documents" is late
    And Amira Hussain is responsible for Ada and Bo
    Given Amira Hussain asks to go on without "Say that you have the summary and the documents" as not possible, because "on leave; her deputy has the pack"
    When Tom Barker grants the exception to "Say that you have the summary and the documents", because "the deputy told me so"
    Then "Say that you have the summary and the documents" is excepted

  @L19
  Scenario: The practitioner has it in time
    Given everything before "Say that you have the summary and the documents" is done, with Nina Patel to lead
    When on Tuesday 8 December 2026 at 16:00
    Then "Say that you have the summary and the documents" is not overdue

  @L22
  Scenario: Final plan and assessment are in the pack, also in a redacted version
    Given everything before "Send the summary of advice" is done, with Nina Patel to lead
    When Amira Hussain records "They are in the pack"
    Then "Send the summary of advice" is done

  @L22
  Scenario: A paper is missing from the pack
    Given everything before "Send the summary of advice" is done, with Nina Patel to lead
    When Amira Hussain records "They are in the pack", without "the documents in the pack"
    Then it is refused
    And the refusal says "A document that the practitioner is to have is not in the pack yet"
    And the refusal quotes L22, "the final social work plan and the most current Child and Family Assessment will be shared"

  @L22
  Scenario: The practitioner answers for each paper
    Given everything before "Say that you have the summary and the documents" is done, with Nina Patel to lead
    When Nina Patel records "I have the summary", without "an answer for each document"
    Then it is refused
    And the refusal says "has not said of each document that they have it"
    And the refusal cites L22
    When Nina Patel records "Something is missing", because "the assessment stops in the middle"
    Then "Send the summary of advice" can be done now

  @L21
  Scenario: The first meeting leaves the family time
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    And "Set the day of the first meeting" is due on Tuesday 15 December 2026
    When Nina Patel records "Set"
    Then "Set the day of the first meeting" is done
    And the transfer has ended

  @L21
  Scenario: A meeting that is set too soon is questioned, and a family that asks for it gets it
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    When Nina Patel records "Set", without "time for the family first"
    Then it is refused
    And the refusal says "within the time that the family is to have"
    And the refusal quotes L21, "Families will not be expected to undergo another assessment, or immediately attend another meeting"
    When Nina Patel records "The family asks for an earlier one", because "before the holidays"
    Then "Set the day of the first meeting" is done

  @L21
  Scenario: Nobody asks the family for a new assessment
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    When Nina Patel records "Assess the family anew first"
    Then it is refused
    And the refusal says "Use the assessment in the pack"
    And the refusal cites L21

  @L21 @H8
  Scenario: The first meeting has not been set in time
    Given everything before "Close to social work" is done, with Nina Patel to lead
    And Amira Hussain records "Close; the multi-agency early help plan begins"
    When on Tuesday 15 December 2026 at 16:00
    Then "Set the day of the first meeting" is not overdue
    When on Wednesday 16 December 2026
    Then "Set the day of the first meeting" is overdue
    And Grace Obi is asked to do "Set the day of the first meeting"

  @L19 @L22 @H7
  Scenario: No paper can be sent, and a second person decides that whoever takes over begins without
    Given everything before "Send the summary of advice" is done, with Nina Patel to lead
    And Amira Hussain asks to go on without "Send the summary of advice" as unsafe, because "each paper names where he lives"
    When Amira Hussain grants the exception to "Send the summary of advice", because "I am sure"
    Then it is refused
    And the refusal cites H6
    When Tom Barker grants the exception to "Send the summary of advice", because "told by word of mouth, without the address"
    Then "Send the summary of advice" is excepted
    And "Say that you have the summary and the documents" can be done now
    And Amira Hussain is responsible for Ada and Bo
