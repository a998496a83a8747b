"""Addresses of partners' papers, and of messages that could not be delivered."""

from django.urls import path

from handhold.web.papers import handling, sending

urlpatterns = [
    path("families/<str:ref>/papers/send", sending.send_paper, name="send-paper"),
    path("papers", handling.papers, name="papers"),
    path("papers/automatic", handling.automatic, name="automatic-mails"),
    path("papers/late", sending.late_papers, name="late-papers"),
    path("papers/sent", sending.papers_sent, name="papers-sent"),
    path("papers/<str:ref>", handling.paper, name="paper"),
    path("papers/<str:ref>/files/<int:position>", handling.paper_file, name="paper-file"),
    path("papers/<str:ref>/match", handling.match, name="match-paper"),
    path("papers/<str:ref>/aside", handling.set_aside, name="set-paper-aside"),
    path("papers/<str:ref>/register", handling.register, name="register-paper"),
    path("undelivered/<str:ref>", sending.undelivered, name="undelivered"),
]
