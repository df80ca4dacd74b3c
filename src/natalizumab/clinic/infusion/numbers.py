"""Fields of Django's forms for numbers, typed as the reader of the page writes them."""

from __future__ import annotations

from typing import Any

from django import forms

from natalizumab.clinic.entering.parsing import Wrong, number
from natalizumab.clinic.language import decimal_mark, to_be_typed


class NumberInput(forms.NumberInput):
    """A browser's number field knows one decimal mark, and drops another: 1,5 would become 15. So German gets text."""

    def __init__(self) -> None:
        super().__init__({"step": "any", "inputmode": "decimal"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if decimal_mark() != ".":
            context["widget"]["type"] = "text"
            del context["widget"]["attrs"]["step"]
        return context

    def format_value(self, value: Any) -> str | None:
        return to_be_typed(value) if isinstance(value, float) else super().format_value(value)


class NumberField(forms.FloatField):
    """A number with the decimal mark of the reader's language."""

    widget = NumberInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # the stubs take it for an integer
        if decimal_mark() != "." and isinstance(value, str):
            try:
                value = number(value)
            except Wrong as wrong:
                raise forms.ValidationError(str(wrong)) from None
        return super().to_python(value)
