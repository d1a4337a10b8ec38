"""A tool loop with an official SDK: python sdks.py CLIENT GATEWAY (stream|plain)"""
import json
import sys

from weather import DESCRIPTION, MODEL, QUESTION, SCHEMA, SYSTEM, tell, weather


def openai_chat(base: str, stream: bool) -> None:
    from openai import OpenAI

    client = OpenAI(base_url=base + "/v1", api_key="any", max_retries=0)
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}]
    function = {"name": "weather", "description": DESCRIPTION, "parameters": SCHEMA, "strict": True}
    models = []
    while True:
        request = dict(
            model=MODEL,
            messages=messages,
            tools=[{"type": "function", "function": function}],
            reasoning_effort="high",
        )
        if stream:
            with client.chat.completions.stream(**request, stream_options={"include_usage": True}) as events:
                for _ in events:
                    pass
                answer = events.get_final_completion()
        else:
            answer = client.chat.completions.create(**request)
        assert answer.usage.total_tokens > 0
        models.append(answer.model)
        message = answer.choices[0].message
        messages.append(message.model_dump(exclude_none=True, exclude={"parsed"}))
        if not message.tool_calls:
            return tell(message.content, models)
        for call in message.tool_calls:
            result = weather(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


def openai_responses(base: str, stream: bool) -> None:
    from openai import OpenAI

    client = OpenAI(base_url=base + "/v1", api_key="any", max_retries=0)
    items = [{"role": "user", "content": QUESTION}]
    models = []
    while True:
        request = dict(
            model=MODEL,
            instructions=SYSTEM,
            input=items,
            store=False,
            tools=[{"type": "function", "name": "weather", "description": DESCRIPTION, "parameters": SCHEMA, "strict": True}],
            include=["reasoning.encrypted_content"],
            reasoning={"effort": "high", "summary": "auto"},
        )
        if stream:
            with client.responses.stream(**request) as events:
                for _ in events:
                    pass
                answer = events.get_final_response()
        else:
            answer = client.responses.create(**request)
        models.append(answer.model)
        assert any(item.type == "reasoning" and item.summary for item in answer.output), "no thinking was shown"
        calls = [item for item in answer.output if item.type == "function_call"]
        items += [item.model_dump(exclude_none=True, exclude={"parsed_arguments"}) for item in answer.output]
        if not calls:
            return tell(answer.output_text, models)
        for call in calls:
            result = weather(**json.loads(call.arguments))
            items.append({"type": "function_call_output", "call_id": call.call_id, "output": result})


def anthropic(base: str, stream: bool) -> None:
    from anthropic import Anthropic

    client = Anthropic(base_url=base, api_key="any", max_retries=0)
    messages = [{"role": "user", "content": QUESTION}]
    models = []
    while True:
        request = dict(
            model=MODEL,
            max_tokens=8000,
            system=SYSTEM,
            messages=messages,
            thinking={"type": "enabled", "budget_tokens": 2048},
            tools=[{"name": "weather", "description": DESCRIPTION, "input_schema": SCHEMA}],
        )
        if stream:
            with client.messages.stream(**request) as events:
                answer = events.get_final_message()
        else:
            answer = client.messages.create(**request)
        models.append(answer.model)
        assert any(block.type == "thinking" and block.thinking for block in answer.content), "no thinking was shown"
        messages.append({"role": "assistant", "content": answer.content})
        calls = [block for block in answer.content if block.type == "tool_use"]
        assert (answer.stop_reason == "tool_use") == bool(calls)
        if not calls:
            return tell("".join(block.text for block in answer.content if block.type == "text"), models)
        results = [{"type": "tool_result", "tool_use_id": call.id, "content": weather(**call.input)} for call in calls]
        messages.append({"role": "user", "content": results})


def google(base: str, stream: bool) -> None:
    from google import genai
    from google.genai import types

    client = genai.Client(api_key="any", http_options={"base_url": base})
    declaration = types.FunctionDeclaration(name="weather", description=DESCRIPTION, parameters_json_schema=SCHEMA)
    config = types.GenerateContentConfig(
        system_instruction=SYSTEM,
        tools=[types.Tool(function_declarations=[declaration])],
        thinking_config=types.ThinkingConfig(include_thoughts=True),
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )
    contents = [types.UserContent(QUESTION)]
    models = []
    while True:
        parts = []
        if stream:
            for chunk in client.models.generate_content_stream(model=MODEL, contents=contents, config=config):
                model = chunk.model_version
                parts += (chunk.candidates[0].content.parts or []) if chunk.candidates and chunk.candidates[0].content else []
        else:
            answer = client.models.generate_content(model=MODEL, contents=contents, config=config)
            model, parts = answer.model_version, answer.candidates[0].content.parts
        models.append(model)
        assert any(part.thought and part.text for part in parts), "no thinking was shown"
        contents.append(types.ModelContent(parts))
        calls = [part.function_call for part in parts if part.function_call]
        if not calls:
            return tell("".join(part.text for part in parts if part.text and not part.thought), models)
        contents.append(
            types.UserContent(
                [
                    types.Part(function_response=types.FunctionResponse(id=c.id, name=c.name, response={"result": weather(**c.args)}))
                    for c in calls
                ]
            )
        )


if __name__ == "__main__":
    client, gateway, mode = sys.argv[1:]
    globals()[client](gateway, mode == "stream")
