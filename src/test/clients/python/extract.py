"""An object, asked for until it is valid: python extract.py MODE GATEWAY plain"""
import sys

import instructor
from pydantic import BaseModel, field_validator

from weather import CITIES, MODEL, QUESTION, called, tell


class Weather(BaseModel):
    """The weather in a city."""

    city: str

    @field_validator("city")
    @classmethod
    def known(cls, city: str) -> str:
        called.append(city)
        if city != "Chur":
            raise ValueError(CITIES[city] + ", but another city was asked for")
        return city


def extract(client, **more) -> None:
    messages = [{"role": "user", "content": QUESTION}]
    answer = client.chat.completions.create(
        model=MODEL, messages=messages, response_model=Weather, max_retries=3, **more
    )
    tell(answer.city)


def openai_tools(base: str) -> None:
    from openai import OpenAI

    extract(instructor.from_openai(OpenAI(base_url=base + "/v1", api_key="any", max_retries=0)))


def anthropic_tools(base: str) -> None:
    from anthropic import Anthropic

    extract(instructor.from_anthropic(Anthropic(base_url=base, api_key="any", max_retries=0)), max_tokens=1000)


if __name__ == "__main__":
    mode, gateway, _ = sys.argv[1:]
    globals()[mode](gateway)
