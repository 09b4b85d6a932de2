"""`/sign-in`: a key for a browser, which sends no headers of its own; kept until the browser is closed."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from buldan.http.deps import find_base_url, get_service
from buldan.http.middleware.keys import KEY_COOKIE, is_key
from buldan.http.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; style-src 'self'"

_FORM = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Buldan · Sign in · تسجيل الدخول</title><h1>Buldan · بلدان</h1>{message}
<form method="post" action="sign-in"><p><label>Key · <span lang="ar">المفتاح</span>
<input name="key" type="password" autocomplete="current-password" required autofocus></label>
<button>Sign in · <span lang="ar">دخول</span></button></p>
<p>The key is kept until the browser is closed. <span lang="ar" dir="rtl">يُحفظ المفتاح حتى إغلاق المتصفح.</span></p>
</form>{leave}</html>"""

_WRONG = '<p role="alert">This key is not valid here. <span lang="ar" dir="rtl">هذا المفتاح غير صالح هنا.</span></p>'
_LEAVE = '<form method="post" action="sign-out"><button>Sign out · <span lang="ar">خروج</span></button></form>'


@router.get("/sign-in")
async def ask_for_key(request: Request) -> Response:
    """The form; without keys there is nothing to sign in to, and the page comes."""
    if not get_service(request).settings.api_keys:
        # 303: the page is requested by GET, whatever the method was.
        return RedirectResponse(f"{find_base_url(request)}/", 303)
    return _answer_form(leave=KEY_COOKIE in request.cookies)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """The page, with the key in a cookie that only this site is sent and no script reads; 401 for what is no key."""
    keys = get_service(request).settings.api_keys
    given = (await request.form()).get("key")
    if not isinstance(given, str) or not is_key(given.encode(), keys):
        return _answer_form(_WRONG, status=401)
    return _redirect(request, "", quote(given, safe=""))


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """The form again, without the key."""
    return _redirect(request, "sign-in", "")


def _redirect(request: Request, path: str, key: str) -> Response:
    """A redirect to `path` that sets the cookie with the key, or deletes it if the key is empty.

    Browsers send the cookie only to this service's address, and only over TLS if the service is reached over TLS.
    """
    home = find_base_url(request)
    answer = RedirectResponse(f"{home}/{path}", 303)
    answer.set_cookie(
        KEY_COOKIE,
        key,
        # A cookie of the session; 0 deletes it.
        max_age=None if key else 0,
        path=request.scope.get("root_path", "") or "/",
        httponly=True,
        # Other sites cannot make a browser send requests with its user's key.
        samesite="strict",
        # On plain HTTP browsers would drop a secure cookie, and people could not sign in on their own machine.
        secure=home.startswith("https:"),
    )
    return answer


def _answer_form(message: str = "", *, leave: bool = False, status: int = 200) -> Response:
    answer = HTMLResponse(_FORM.format(message=message, leave=_LEAVE if leave else ""), policy=_POLICY)
    answer.status_code = status
    # The next person at this browser must not see the key with the back button.
    answer.headers["Cache-Control"] = "no-store"
    return answer
