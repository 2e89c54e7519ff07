package tf

import "bluegen/schemas"

// Problem is a mistake of bluegen's, never of the user's: an address and a sentence.
type Problem struct{ Module, Address, Message string }

// Check is over trees: unknown, missing, read-only, wrong type, too many; dangling references; inputs and outputs between modules.
func Check(c *Config, aws, archive *schemas.View) []Problem { return nil }
