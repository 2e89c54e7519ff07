package blueprint

import "bluegen/generator/diag"

// The codes of this package; each one's text lies in the catalogue.
const (
	codeMissing     diag.Code = "BG1001" // no such file
	codeUnreadable  diag.Code = "BG1002" // a directory, a pipe, no permission
	codeTooLarge    diag.Code = "BG1003" // bytes, levels, entries
	codeEncoding    diag.Code = "BG1004" // not UTF-8
	codeControl     diag.Code = "BG1005" // control characters in the file
	codeSyntax      diag.Code = "BG1006" // not YAML
	codeAlias       diag.Code = "BG1007" // *alias and &anchor
	codeMerge       diag.Code = "BG1008" // <<
	codeTag         diag.Code = "BG1009" // !!str
	codeDocuments   diag.Code = "BG1010" // a second document
	codeDuplicate   diag.Code = "BG1011" // the same key twice
	codeKey         diag.Code = "BG1012" // a key that is not text
	codeEmpty       diag.Code = "BG1013" // nothing in it
	codeVersion     diag.Code = "BG1014" // a newer format
	codeConflict    diag.Code = "BG1015" // both sides of a merge
	codeUnknown     diag.Code = "BG1101" // unknown key
	codeType        diag.Code = "BG1102" // text where a list is wanted, and the like
	codeBool        diag.Code = "BG1103"
	codeNumber      diag.Code = "BG1104"
	codeDuration    diag.Code = "BG1105"
	codeUnit        diag.Code = "BG1106" // 90s where whole minutes are wanted
	codeRange       diag.Code = "BG1107"
	codeEnum        diag.Code = "BG1108"
	codePattern     diag.Code = "BG1109"
	codeRequired    diag.Code = "BG1110"
	codeEmptyList   diag.Code = "BG1111"
	codeOtherKind   diag.Code = "BG1112" // for: under kind: code
	codeExactlyOne  diag.Code = "BG1113"
	codeRepeated    diag.Code = "BG1114" // twice in a list
	codeHandler     diag.Code = "BG1116" // the handler's file
	codeHandlerIn   diag.Code = "BG1117" // the handler lies in the generated directory
	codeBase        diag.Code = "BG1118" // a base that cannot be read
	codeOutside     diag.Code = "BG1119" // a base outside of the repository
	codeCircle      diag.Code = "BG1120" // a base that extends itself
	codeBases       diag.Code = "BG1121" // too many bases
	codeBareOver    diag.Code = "BG1122" // an environment of a base with nothing behind it
	codeOtherEngine diag.Code = "BG1131" // traffic: under engine: appmesh
	codeSource      diag.Code = "BG1201" // neither variable nor ssm nor lookup
	codeVariable    diag.Code = "BG1202" // name of a variable
	codeParameter   diag.Code = "BG1203" // name of an SSM parameter
	codeLookup      diag.Code = "BG1204" // keys of a lookup
	codeEnvironment diag.Code = "BG1205" // name of an environment
	codeOverlay     diag.Code = "BG1206" // a key that an environment cannot have
)
