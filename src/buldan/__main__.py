"""`python -m buldan`: the command line, also where no script was put on the path."""

from buldan.cli import main

main()
