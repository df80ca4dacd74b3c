"""The addresses of signing in and of accounts. Of django-allauth's there are those alone that a clinic needs."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as outside
from django.conf import settings
from django.urls import URLPattern, path

from natalizumab.clinic.views.choosing import choose_page
from natalizumab.clinic.views.colleagues import colleague_page, colleagues_page, invite, withdraw_invitation
from natalizumab.clinic.views.joining import join_page
from natalizumab.clinic.views.outside import outside_callback, outside_login
from natalizumab.clinic.views.passkeys import PasskeySignIn
from natalizumab.clinic.views.passwords import PasswordChange

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("join/<slug:token>/", join_page, name="join"),
    path("choose/", choose_page, name="choose"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/password/", PasswordChange.as_view(), name="account_change_password"),
    path("account/", mfa.index, name="mfa_index"),
    path("account/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/new/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("colleagues/", colleagues_page, name="colleagues"),
    path("colleagues/invite/", invite, name="invite"),
    path("colleagues/invitations/<int:link_id>/withdraw/", withdraw_invitation, name="invitation-withdraw"),
    path("colleagues/<int:member_id>/", colleague_page, name="colleague"),
]

OUTSIDE: list[URLPattern] = [
    path("account/outside/", outside.connections, name="socialaccount_connections"),
    path("sign-in/outside/cancelled/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/outside/failed/", outside.login_error, name="socialaccount_login_error"),
    path("sign-in/outside/unknown/", outside.signup, name="socialaccount_signup"),
    path("sign-in/oidc/<slug:provider_id>/login/", outside_login, name="openid_connect_login"),
    path("sign-in/oidc/<slug:provider_id>/login/callback/", outside_callback, name="openid_connect_callback"),
]
"""Those of the hospital's own sign-in."""

if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += OUTSIDE
