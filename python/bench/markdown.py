"""Tables in Markdown."""

NONE = "-"


def head(first: str, columns: list[str]) -> list[str]:
    align = " | ".join("---:" if column else "---" for column in columns)
    return [line(first, columns), f"| --- | {align} |"]


def line(first: str, values: list[str]) -> str:
    return f"| {first} | {' | '.join(values)} |"
