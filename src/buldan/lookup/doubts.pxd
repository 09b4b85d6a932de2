# Compiled as it is: what costs are the calls between its short functions, and not numbers.
