"""The command `buldan`, also as `python -m buldan`."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends it with one line, also while its libraries are still being imported."""
    try:
        from buldan.cli import main as run  # noqa: PLC0415 - the import takes most of the time of a short command
    except KeyboardInterrupt:
        sys.stderr.write("\nbuldan: stopped\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
