"""A tool loop with LangChain's chat models: python chains.py MODEL GATEWAY (stream|plain)"""
import sys

from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import tool

from weather import MODEL, QUESTION, SYSTEM, tell, weather


def loop(model, stream: bool) -> None:
    bound = model.bind_tools([tool(weather)])
    messages = [SystemMessage(SYSTEM), HumanMessage(QUESTION)]
    while True:
        if stream:
            answer = None
            for chunk in bound.stream(messages):
                answer = chunk if answer is None else answer + chunk
        else:
            answer = bound.invoke(messages)
        messages.append(answer)
        if not answer.tool_calls:
            return tell(answer.text if isinstance(answer.text, str) else answer.text())
        messages += [ToolMessage(weather(**call["args"]), tool_call_id=call["id"]) for call in answer.tool_calls]


def openai_chat(base: str, stream: bool) -> None:
    from langchain_openai import ChatOpenAI

    loop(ChatOpenAI(model=MODEL, base_url=base + "/v1", api_key="any", max_retries=0, reasoning_effort="high"), stream)


def openai_responses(base: str, stream: bool) -> None:
    from langchain_openai import ChatOpenAI

    model = ChatOpenAI(
        model=MODEL,
        base_url=base + "/v1",
        api_key="any",
        max_retries=0,
        use_responses_api=True,
        store=False,
        include=["reasoning.encrypted_content"],
        reasoning={"effort": "high", "summary": "auto"},
    )
    loop(model, stream)


def anthropic(base: str, stream: bool) -> None:
    from langchain_anthropic import ChatAnthropic

    thinking = {"type": "enabled", "budget_tokens": 2048}
    loop(ChatAnthropic(model=MODEL, base_url=base, api_key="any", max_retries=0, max_tokens=8000, thinking=thinking), stream)


def google(base: str, stream: bool) -> None:
    from langchain_google_genai import ChatGoogleGenerativeAI

    loop(ChatGoogleGenerativeAI(model=MODEL, base_url=base, google_api_key="any", max_retries=1, include_thoughts=True), stream)


if __name__ == "__main__":
    model, gateway, mode = sys.argv[1:]
    globals()[model](gateway, mode == "stream")
