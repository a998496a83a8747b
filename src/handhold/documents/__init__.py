"""Letters, packs and records on paper: plain data in, PDF bytes out. No model, query or rule belongs here.

The words and looks of a document are a template of the protocol (`letters/*.typ`); what is filled in is one of the
data classes here.
"""

from handhold.documents.faults import (
    CharactersNotInFont,
    DocumentFault,
    FontsNotInstalled,
    MadeDateMissing,
    TemplateFault,
)
from handhold.documents.inspection import (
    InspectedChild,
    InspectedDecision,
    InspectedException,
    InspectedLimit,
    InspectedOversight,
    InspectedPaper,
    InspectedStage,
    InspectedStep,
    Inspection,
)
from handhold.documents.letters import EndingsLetter, FamilyLetter, Helper, Reach
from handhold.documents.meeting_record import AgendaItem, Attendee, MeetingRecord
from handhold.documents.rendering import DocumentData, render_document
from handhold.documents.templates import find_parts, find_template, find_template_for_age
from handhold.documents.transfer_pack import (
    Audience,
    ChildsWords,
    PackAction,
    PackAgency,
    PackChild,
    PackConsent,
    PackNeed,
    PackPerson,
    PackSection,
    TransferPack,
)

__all__ = [
    "AgendaItem",
    "Attendee",
    "Audience",
    "CharactersNotInFont",
    "ChildsWords",
    "DocumentData",
    "DocumentFault",
    "EndingsLetter",
    "FamilyLetter",
    "FontsNotInstalled",
    "Helper",
    "InspectedChild",
    "InspectedDecision",
    "InspectedException",
    "InspectedLimit",
    "InspectedOversight",
    "InspectedPaper",
    "InspectedStage",
    "InspectedStep",
    "Inspection",
    "MadeDateMissing",
    "MeetingRecord",
    "PackAction",
    "PackAgency",
    "PackChild",
    "PackConsent",
    "PackNeed",
    "PackPerson",
    "PackSection",
    "Reach",
    "TemplateFault",
    "TransferPack",
    "find_parts",
    "find_template",
    "find_template_for_age",
    "render_document",
]
