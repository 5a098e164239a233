"""Sentences of the sign-in."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "sign_in": ("Sign in", "登录"),
    "sign_in_why": (
        "Whoever runs this explorer asks its visitors to sign in.",
        "本站点的运营者要求访问者先登录\uff0c然后使用。",
    ),
}
