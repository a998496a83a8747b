"""What is typed at the door."""

from handhold.web.forms.fields import PasswordField, TextField
from handhold.web.forms.govuk_form import GovukForm


class SignInForm(GovukForm):
    """E-mail address and password."""

    email = TextField(
        "Email address", missing="Enter your email address", max_length=254, input_type="email", autocomplete="username"
    )
    password = PasswordField("Password", missing="Enter your password")
