"""Signing in with e-mail address and password, and signing out."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from handhold.web.sign_in import throttle
from handhold.web.sign_in.forms import SignInForm

NOT_RIGHT = "The email address or the password is not right"
WAIT = f"Too many attempts. Wait {throttle.PAUSE.seconds // 60} minutes, then try again."


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and its answer: the page that was asked for. What was wrong is not said."""
    wanted = _wanted_page(request)
    if request.user.is_authenticated:
        return redirect(wanted)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _admit(request, form):
        return redirect(wanted)
    return render(request, "sign_in/sign_in.html", {"form": form, "next": wanted}, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and come back to the door."""
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _admit(request: HttpRequest, form: SignInForm) -> bool:
    """Begin a session for the right password; otherwise put the reason on the form."""
    email = form.cleaned_data["email"]
    if throttle.must_wait(email):
        form.add_error(None, WAIT)
        return False
    account = auth.authenticate(request, username=email, password=form.cleaned_data["password"])
    if account is None:
        throttle.note_failure(email)
        form.add_error(None, NOT_RIGHT)
        return False
    throttle.forget_failures(email)
    auth.login(request, account)
    return True


def _wanted_page(request: HttpRequest) -> str:
    """Where to go afterwards: a page of ours, never another site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else settings.LOGIN_REDIRECT_URL
