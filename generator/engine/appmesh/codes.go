package appmesh

import "bluegen/generator/diag"

// The codes of the engine's rules; their texts are in the catalogue.
const (
	CodeEnded         diag.Code = "BG2220" // AWS ended App Mesh
	CodeNoActive      diag.Code = "BG2221" // no colour is active
	CodeWeightOff     diag.Code = "BG2222" // weight on a colour that is not active
	CodeWeights       diag.Code = "BG2223" // weights that add up to nothing, or to more than 100
	CodeSameImage     diag.Code = "BG2224" // two active colours of one image
	CodeTwoSteps      diag.Code = "BG2225" // more than one step of a rollout at once
	CodeLowPort       diag.Code = "BG2226" // a port that Envoy cannot take over
	CodeListener      diag.Code = "BG2227" // no container takes the traffic
	CodeListenerImage diag.Code = "BG2228" // an image for the container whose image is the colour's
	CodeTaken         diag.Code = "BG2229" // a name or port that Envoy and the X-Ray daemon have
	CodeEnvoyOld      diag.Code = "BG2230" // an Envoy that App Mesh does not serve
	CodeEnvoyAccount  diag.Code = "BG2231" // an Envoy image of another region's account
	CodeMeshTwice     diag.Code = "BG2232" // an own and an existing mesh or namespace, or no namespace
	CodeInterval      diag.Code = "BG2233" // a health check that takes longer than its interval
	CodePath          diag.Code = "BG2234" // a path for a protocol that has none
	CodeRetry         diag.Code = "BG2235" // a retry policy that the protocol does not have, or that never applies
	CodeUnresolved    diag.Code = "BG2236" // a virtual service whose name does not resolve
	CodeName          diag.Code = "BG2237" // a name that Cloud Map does not take
	CodeOldTerraform  diag.Code = "BG2238" // a Terraform that cannot read the invariants
	CodeTaskRole      diag.Code = "BG2239" // an existing task role that Envoy needs permissions of
)
