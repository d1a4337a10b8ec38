"""The tool that every client offers, and how each script says what happened."""
import json

CITIES = {"Zürich": "22 degrees", "Bern": "21 degrees", "Chur": "19 degrees"}
MODEL = "balanced"
SYSTEM = "Be brief."
QUESTION = "How warm is it in Zürich, Bern and Chur?"
DESCRIPTION = "The weather in a city."
SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}

called = []


def weather(city: str) -> str:
    """The weather in a city."""
    called.append(city)
    return CITIES[city]


def tell(text: str, models: list | None = None) -> None:
    """Prints what the model said last, the cities it asked for, and who answered where the client tells."""
    print(json.dumps({"text": text, "called": called, "models": models or []}))
