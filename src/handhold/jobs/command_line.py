"""The `handhold` command: which subcommands there are. Each is written in a module of its own beside this one."""

import typer

from handhold.jobs import (
    audit_commands,
    database,
    demo,
    examples_commands,
    import_folder,
    invariants,
    keep_time,
    mail,
    papers,
    protocol_authoring,
    protocol_commands,
    protocol_versions,
    serving,
    version_commands,
)
from handhold.jobs.invent import command as invent

app = typer.Typer(
    name="handhold",
    help="Moves a child's case between social care and early help: everything that is not a page.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("migrate")(database.migrate)
app.command("check-migrations")(database.check_migrations)
app.command("serve")(serving.serve)
app.command("demo")(demo.demo)
app.command("import")(import_folder.import_command)
app.command("invent")(invent.invent)
app.command("invariants")(invariants.invariants)
app.command("keep-time")(keep_time.keep_time)
app.command("send-mail")(mail.send_mail)
app.command("fetch-papers")(papers.fetch_papers)
app.add_typer(audit_commands.audit)
app.add_typer(examples_commands.examples)
protocol_commands.protocol.command("new")(protocol_authoring.new)
protocol_commands.protocol.command("words")(protocol_authoring.words)
protocol_commands.protocol.command("doubts")(protocol_versions.doubts)
protocol_commands.protocol.command("diff")(protocol_versions.diff)
protocol_commands.protocol.command("freeze")(protocol_versions.freeze_version)
protocol_commands.protocol.command("settings")(version_commands.settings_command)
protocol_commands.protocol.command("move")(version_commands.move_command)
app.add_typer(protocol_commands.protocol)
