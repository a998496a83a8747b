"""An offer of early help and of a duty service are involvements; an allocation says by which office somebody holds."""

from django.db import migrations, models

KINDS = [
    ("referral", "Referral"),
    ("assessment", "Assessment"),
    ("child-in-need", "Child In Need"),
    ("child-protection", "Child Protection"),
    ("care", "Care"),
    ("early-help", "Early Help"),
    ("single-agency", "Single Agency"),
    ("pathways", "Pathways"),
    ("early-help-offer", "Early Help Offer"),
    ("duty-offer", "Duty Offer"),
]


class Migration(migrations.Migration):
    dependencies = [("records", "0008_papers_shared")]

    operations = [
        migrations.AlterField("involvement", "kind", models.CharField(max_length=30, choices=KINDS)),
        migrations.RemoveConstraint("involvement", "involvement_kind_known"),
        migrations.AddConstraint(
            "involvement",
            models.CheckConstraint(
                name="involvement_kind_known", condition=models.Q(kind__in=[kind for kind, _ in KINDS])
            ),
        ),
        migrations.AddField(
            "allocation", "held_as", models.CharField(max_length=60, blank=True, default=""), preserve_default=False
        ),
    ]
