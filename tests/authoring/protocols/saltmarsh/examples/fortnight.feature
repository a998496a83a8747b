Feature: From social work to family help

  Background:
    Given Ann Lee is a social worker
    And Bob Ray is a team manager
    And Cat Fox is a head of family help
    And Dan May is a family partner
    And Eve Orr is a family partner
    And Hal Poe is a harbour desk worker
    And a family with the children Ada (9) and Bo (14)
    And Ann Lee is responsible for them, under Bob Ray
    And "Authorise the assessment" was done by Bob Ray on Monday 30 November 2026
    And on Tuesday 1 December 2026 at 10:00
    And "From social work to family help" begins

  @S1
  Scenario: The reason is said in words
    When Ann Lee records "This is why"
    Then a reason is asked for
    When Ann Lee records "This is why", because "they are safe, and know whom to ask"
    Then "Say why social work is no longer needed" is done

  @S2
  Scenario: The circle meets in time, and somebody of the family is there
    Given "Meet in the family's circle" is due on Tuesday 15 December 2026
    When Ann Lee records "The circle met", without "the family there"
    Then it is refused
    When Ann Lee records "The circle met"
    Then "Meet in the family's circle" is done

  @S2
  Scenario: A circle that the family does not want
    When Ann Lee asks to go on without "Meet in the family's circle" as declined by the family, because "they said no twice"
    And Bob Ray grants the exception to "Meet in the family's circle", because "it is theirs to say"
    Then "Meet in the family's circle" is excepted
    And "Choose what follows" can be done now

  @S2
  Scenario: A circle that comes too late
    When on Wednesday 16 December 2026
    Then "Meet in the family's circle" is overdue

  @S3
  Scenario: Two children go two ways
    Given Ann Lee records "The circle met"
    And Ann Lee records "A family partner", because "they want it for Ada"
    And everything before "End social work without a family partner" is done, with Dan May to lead
    When Ann Lee records "End social work; this child goes on without the partner" for Bo, because "Bo is well, and wants nobody"
    Then nobody is responsible for Bo any more
    And the main contact of Ada is Ann Lee

  @S4
  Scenario: A no, and what it means
    Given Ann Lee records "The circle met"
    And Ann Lee records "A family partner", because "the mother asked for one"
    When Ann Lee records "The family says no"
    Then consent is not live
    And "Decide what the no means for the child" is due on Tuesday 8 December 2026
    When Bob Ray records "School and doctor only" under "Decide what the no means", because "they can ring us"
    Then the transfer leads to "school and doctor"

  @S5 @H8
  Scenario: A partner who stays silent; the head of family help takes the family on
    Given Ann Lee records "The circle met"
    And Ann Lee records "A family partner", because "the mother asked for one"
    And Ann Lee records "The family says yes"
    And Ann Lee records "They were asked", choosing Dan May
    And "Answer whether you will be the family's partner" is due on Friday 4 December 2026
    When on Wednesday 16 December 2026
    Then "Ask a family partner" is overdue
    When Cat Fox records "I take the family on myself", choosing Cat Fox, because "nobody has answered"
    Then Cat Fox has agreed to lead
    And Ann Lee is responsible for Ada and Bo

  @S6
  Scenario: Both help for a fortnight; social work does not end sooner
    Given Ann Lee records "The circle met"
    And Ann Lee records "A family partner", because "the mother asked for one"
    And everything before "End social work" is done, with Dan May to lead
    Then Dan May is responsible for Ada and Bo under "Family help"
    And the main contact of Ada and Bo is Ann Lee
    And "Ring the family" is due on Tuesday 8 December 2026
    When Ann Lee records "End social work; the family partner goes on"
    Then it is refused
    And the refusal cites S6
    When on Wednesday 16 December 2026
    And Ann Lee records "End social work; the family partner goes on"
    Then the main contact of Ada and Bo is Dan May
    And the transfer has ended

  @S7
  Scenario: Second thoughts
    Given Ann Lee records "The circle met"
    And Ann Lee records "A family partner", because "the mother asked for one"
    And everything before "End social work" is done, with Dan May to lead
    When Ann Lee records "Look for another partner", because "they do not get on"
    Then nobody is to lead
    And Ann Lee is responsible for Ada and Bo
    And "Ask a family partner" can be done now
    When Ann Lee records "They were asked", choosing Eve Orr
    Then Eve Orr has been asked to lead

  @S8
  Scenario: Nobody closes without the letter
    Given Ann Lee records "The circle met"
    And Ann Lee records "School and doctor only", because "they need no more"
    And everything before "End social work without a family partner" is done, except "Write to the family who helps now"
    When Ann Lee records "End social work; school and doctor only"
    Then it is refused
    And the refusal says "Write to the family who helps now"

  @S9
  Scenario: The end is agreed by somebody else
    Given Ann Lee records "The circle met"
    And Ann Lee records "School and doctor only", because "they need no more"
    And everything before "End social work without a family partner" is done
    When Ann Lee records "End social work; school and doctor only"
    Then nobody is responsible for Ada and Bo any more
    And the transfer has ended

  @S9
  Scenario: Who wrote the letter does not agree to the end
    Given Bob Ray is a social worker
    And Ann Lee records "The circle met"
    And Ann Lee records "School and doctor only", because "they need no more"
    When Ann Lee records "It can end"
    Then it is refused

  @S10
  Scenario: Danger does not wait
    When Dan May records "Reported"
    Then "Decide on the safeguarding concern" can be done now
    And Hal Poe is asked to do "Decide on the safeguarding concern"
