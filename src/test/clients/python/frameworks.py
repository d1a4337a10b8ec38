"""A tool loop that a framework runs: python frameworks.py FRAMEWORK GATEWAY (stream|plain)"""
import asyncio
import sys

from weather import DESCRIPTION, MODEL, QUESTION, SYSTEM, tell, weather


def pydantic_ai(model, settings, stream: bool) -> None:
    from pydantic_ai import Agent

    agent = Agent(model, system_prompt=SYSTEM, tools=[weather], model_settings=settings)
    if not stream:
        return tell(agent.run_sync(QUESTION).output)

    async def run():
        async with agent.iter(QUESTION) as steps:
            async for node in steps:
                if Agent.is_model_request_node(node):
                    async with node.stream(steps.ctx) as events:
                        async for _ in events:
                            pass
            return steps.result.output

    tell(asyncio.run(run()))


def pydantic_ai_chat(base: str, stream: bool) -> None:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    model = OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=base + "/v1", api_key="any"))
    pydantic_ai(model, {"openai_reasoning_effort": "high"}, stream)


def pydantic_ai_responses(base: str, stream: bool) -> None:
    from pydantic_ai.models.openai import OpenAIResponsesModel
    from pydantic_ai.providers.openai import OpenAIProvider

    model = OpenAIResponsesModel(MODEL, provider=OpenAIProvider(base_url=base + "/v1", api_key="any"))
    pydantic_ai(model, {"openai_reasoning_effort": "high", "openai_reasoning_summary": "detailed"}, stream)


def pydantic_ai_anthropic(base: str, stream: bool) -> None:
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    model = AnthropicModel(MODEL, provider=AnthropicProvider(base_url=base, api_key="any"))
    settings = {"anthropic_thinking": {"type": "enabled", "budget_tokens": 2048}, "max_tokens": 8000}
    pydantic_ai(model, settings, stream)


def openai_agents(base: str, stream: bool, chat: bool) -> None:
    from agents import (
        Agent,
        ModelSettings,
        OpenAIChatCompletionsModel,
        OpenAIResponsesModel,
        Runner,
        function_tool,
        set_tracing_disabled,
    )
    from openai import AsyncOpenAI
    from openai.types.shared import Reasoning

    set_tracing_disabled(True)
    client = AsyncOpenAI(base_url=base + "/v1", api_key="any", max_retries=0)
    model = (OpenAIChatCompletionsModel if chat else OpenAIResponsesModel)(MODEL, client)
    agent = Agent(
        name="Weather",
        instructions=SYSTEM,
        model=model,
        tools=[function_tool(weather, description_override=DESCRIPTION)],
        model_settings=ModelSettings(reasoning=Reasoning(effort="high", summary=None if chat else "auto"), store=False),
    )

    async def run():
        if not stream:
            return (await Runner.run(agent, QUESTION)).final_output
        result = Runner.run_streamed(agent, QUESTION)
        async for _ in result.stream_events():
            pass
        return result.final_output

    tell(asyncio.run(run()))


def openai_agents_chat(base: str, stream: bool) -> None:
    openai_agents(base, stream, True)


def openai_agents_responses(base: str, stream: bool) -> None:
    openai_agents(base, stream, False)


if __name__ == "__main__":
    framework, gateway, mode = sys.argv[1:]
    globals()[framework](gateway, mode == "stream")
