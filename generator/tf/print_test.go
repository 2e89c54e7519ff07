package tf

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// printed prints with a new Printer and holds every print of the tests to what is always true:
// it parses, it is a fixed point of formatting, and it starts with the header.
func printed(t testing.TB, d *Document) string {
	t.Helper()
	b := new(Printer).Print(d)
	if _, diags := hclsyntax.ParseConfig(b, "a.tf", hcl.InitialPos); diags.HasErrors() {
		t.Fatalf("does not parse: %v\n%s", diags, b)
	}
	if diff := cmp.Diff(string(hclwrite.Format(b)), string(b)); diff != "" {
		t.Fatalf("is no fixed point of format (-formatted +printed):\n%s", diff)
	}
	rest, ok := strings.CutPrefix(string(b), Header+"\n")
	if !ok {
		t.Fatalf("has no header:\n%s", b)
	}
	return strings.TrimPrefix(rest, "\n")
}

func document(blocks ...*Block) *Document { return &Document{Name: "main.tf", Blocks: blocks} }

func want(t *testing.T, got string, lines ...string) {
	t.Helper()
	w := strings.Join(lines, "\n") + "\n"
	if diff := cmp.Diff(w, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	group := Resource("aws_lb_target_group", "blue")
	region := Data("aws_region", "current")
	image := NewBlock("variable", []string{"image"})
	service := NewBlock("module", []string{"service"})
	a, b, c := image.Attr("a"), image.Attr("b"), image.Attr("c")
	for name, tc := range map[string]struct {
		expr Expr
		want string
	}{
		"string":                       {String("a b"), `"a b"`},
		"empty string":                 {String(""), `""`},
		"interpolation is text":        {String("${a} %{b}"), `"$${a} %%{b}"`},
		"quote, line end, backslash":   {String("\"\n\\\t"), `"\"\n\\\t"`},
		"whole number":                 {Int(42), `42`},
		"negative number":              {Int(-42), `-42`},
		"fraction":                     {Float(0.1), `0.1`},
		"huge number":                  {Float(1e21), `1000000000000000000000`},
		"true":                         {Bool(true), `true`},
		"false":                        {Bool(false), `false`},
		"null":                         {Lit{cty.NullVal(cty.String)}, `null`},
		"unknown":                      {Lit{cty.UnknownVal(cty.String)}, `null`},
		"no value":                     {Lit{}, `null`},
		"marked":                       {Lit{cty.StringVal("x").Mark("secret")}, `"x"`},
		"list literal":                 {Lit{cty.ListVal([]cty.Value{cty.StringVal("x"), cty.StringVal("y")})}, `["x", "y"]`},
		"tuple literal":                {Lit{cty.TupleVal([]cty.Value{cty.StringVal("x"), cty.True})}, `["x", true]`},
		"empty map literal":            {Lit{cty.MapValEmpty(cty.String)}, `{}`},
		"resource":                     {group.Attr("arn"), `aws_lb_target_group.blue.arn`},
		"whole resource":               {group.Attr(), `aws_lb_target_group.blue`},
		"data":                         {region.Attr("region"), `data.aws_region.current.region`},
		"variable":                     {image.Attr(), `var.image`},
		"module":                       {service.Attr("arn"), `module.service.arn`},
		"locals":                       {Nested("locals").Attr("x"), `local.x`},
		"step by number":               {group.Attr("health_check", "0", "path"), `aws_lb_target_group.blue.health_check[0].path`},
		"step by text":                 {image.Attr("a b"), `var.image["a b"]`},
		"step over all":                {group.Attr("health_check", "*", "path"), `aws_lb_target_group.blue.health_check[*].path`},
		"block that has no address":    {Nested("lifecycle").Attr("x"), `null.x`},
		"each.key":                     {Each("key"), `each.key`},
		"each.value":                   {Each("value", "port"), `each.value.port`},
		"path.module":                  {PathModule(), `path.module`},
		"path.root":                    {PathRoot(), `path.root`},
		"keyword":                      {Keyword("plan"), `plan`},
		"own argument":                 {Own("action"), `action`},
		"self":                         {Self("task_definition"), `self.task_definition`},
		"call":                         {Fn("tonumber", String("1")), `tonumber("1")`},
		"call of several":              {Fn("cidrhost", a, Int(0)), `cidrhost(var.image.a, 0)`},
		"call of none":                 {Fn("timestamp"), `timestamp()`},
		"template":                     {Join(PathModule(), String("/src")), `"${path.module}/src"`},
		"template, text in the middle": {Join(a, String(":"), b), `"${var.image.a}:${var.image.b}"`},
		"template, text meets text":    {Join(String("$"), String("{x}")), `"$${x}"`},
		"template, dollar before it":   {Join(String("$"), a), `"\u0024${var.image.a}"`},
		"template, percent before it":  {Join(String("5%"), a), `"5\u0025${var.image.a}"`},
		"template of one":              {Join(a), `var.image.a`},
		"template of text":             {Join(String("x"), String("y")), `"xy"`},
		"template of nothing":          {Join(), `""`},
		"template in a template":       {Join(String("x"), Join(String("y"), a)), `"xy${var.image.a}"`},
		"template of a number":         {Join(String("x"), Int(1)), `"x${1}"`},
		"object in a template":         {Join(String("x"), Fn("jsonencode", Fields(F("a", a)))), `"x${jsonencode({ a = var.image.a })}"`},
		"inline object":                {Inline(F("a", Int(1)), F("b", Int(2))), `{ a = 1, b = 2 }`},
		"inline object, nested":        {Inline(F("a", Fields(F("b", LinesOf(Int(2)))))), `{ a = { b = [2] } }`},
		"empty object":                 {Fields(), `{}`},
		"keys":                         {Inline(F("a b", Int(1)), F("for", Int(2)), F("a-b", Int(3)), F("${x}", Int(4))), `{ "a b" = 1, "for" = 2, a-b = 3, "$${x}" = 4 }`},
		"key by expression":            {Inline(Field{KeyExpr: a, Value: Int(1)}), `{ (var.image.a) = 1 }`},
		"list":                         {Strings("a", "b"), `["a", "b"]`},
		"empty list":                   {ListOf(), `[]`},
		"empty list of lines":          {LinesOf(), `[]`},
		"condition":                    {Cond{a, b, c}, `var.image.a ? var.image.b : var.image.c`},
		"condition in a condition":     {Cond{a, Cond{a, b, c}, c}, `var.image.a ? (var.image.a ? var.image.b : var.image.c) : var.image.c`},
		"equal":                        {Equal(a, String("x")), `var.image.a == "x"`},
		"not equal":                    {Binary{"!=", a, b}, `var.image.a != var.image.b`},
		"unequal to a negative":        {Binary{">=", a, Int(-1)}, `var.image.a >= -1`},
		"chain of and":                 {All(a, b, c), `var.image.a && var.image.b && var.image.c`},
		"and of comparisons":           {All(Equal(a, b), Binary{"<", b, c}), `var.image.a == var.image.b && var.image.b < var.image.c`},
		"or within and":                {All(Binary{"||", a, b}, c), `(var.image.a || var.image.b) && var.image.c`},
		"and within or":                {Binary{"||", All(a, b), c}, `(var.image.a && var.image.b) || var.image.c`},
		"comparison of comparisons":    {Equal(Equal(a, b), c), `(var.image.a == var.image.b) == var.image.c`},
		"sum in a comparison":          {Binary{">", Binary{"+", a, b}, c}, `var.image.a + var.image.b > var.image.c`},
		"difference of a difference":   {Binary{"-", a, Binary{"-", b, c}}, `var.image.a - (var.image.b - var.image.c)`},
		"difference of differences":    {Binary{"-", Binary{"-", a, b}, c}, `var.image.a - var.image.b - var.image.c`},
		"condition in a comparison":    {Equal(Cond{a, b, c}, c), `(var.image.a ? var.image.b : var.image.c) == var.image.c`},
		"unknown operator":             {Binary{"= x", a, b}, `var.image.a == var.image.b`},
		"not":                          {Not{a}, `!var.image.a`},
		"not of a comparison":          {Not{Equal(a, b)}, `!(var.image.a == var.image.b)`},
		"index":                        {Index{group.Attr("tags"), String("a")}, `aws_lb_target_group.blue.tags["a"]`},
		"index of a call":              {Index{Fn("jsondecode", a), Int(0)}, `jsondecode(var.image.a)[0]`},
		"get":                          {Dig(Fn("one", a), "b", "c"), `one(var.image.a).b.c`},
		"get of a condition":           {Dig(Cond{a, b, c}, "d"), `(var.image.a ? var.image.b : var.image.c).d`},
		"first":                        {First(group.Attr("health_check"), "path"), `aws_lb_target_group.blue.health_check[0].path`},
		"splat":                        {Splat{group.Attr("statement"), []string{"actions"}}, `aws_lb_target_group.blue.statement[*].actions`},
		"for":                          {ForEach("x", a, func(x Expr) Expr { return Dig(x, "b") }), `[for x in var.image.a : x.b]`},
		"for with if":                  {For{Name: "x", Collection: a, Value: b, If: Equal(b, c)}, `[for x in var.image.a : var.image.b if var.image.b == var.image.c]`},
		"for over a list":              {ForEach("x", Strings("a"), func(x Expr) Expr { return x }), `[for x in ["a"] : x]`},
		"for map":                      {ForMap("x", a, func(x Expr) (Expr, Expr) { return Dig(x, "k"), x }), `{ for x in var.image.a : x.k => x }`},
		"for pairs":                    {ForPairs("k", "v", a, func(k, v Expr) (Expr, Expr) { return k, v }), `{ for k, v in var.image.a : k => v }`},
		"for map grouping":             {For{Name: "x", Collection: a, Key: b, Value: c, Grouping: true}, `{ for x in var.image.a : var.image.b => var.image.c... }`},
		"type":                         {TypeOf{cty.String}, `string`},
		"collections":                  {TypeOf{cty.List(cty.Set(cty.Map(cty.Number)))}, `list(set(map(number)))`},
		"any type":                     {TypeOf{cty.DynamicPseudoType}, `any`},
		"tuple type":                   {TypeOf{cty.Tuple([]cty.Type{cty.Bool, cty.String})}, `tuple([bool, string])`},
		"empty object type":            {TypeOf{cty.EmptyObject}, `object({})`},
		"nothing":                      {Not{}, `!null`},
		"names are never code":         {Fn("x(y)\n", Dig(a, `b"]`)), `_x_y__(var.image.a["b\"]"])`},
		"labels are never code":        {NewBlock("variable", []string{"a\nb = 1"}).Attr(), `var._a_b___1`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want(t, printed(t, document(Nested("x", Set("a", tc.expr)))), "x {", "  a = "+tc.want, "}")
		})
	}
}

func TestRemembers(t *testing.T) {
	t.Parallel()
	p := new(Printer)
	make := func(name string) *Document {
		group := Resource("aws_lb_target_group", "blue", Set("name", String(name)))
		return document(group, NewBlock("output", []string{"arn"}, Set("value", group.Attr("arn"))))
	}
	first, second := make("a"), make("a")
	second.Name = "other.tf"
	second.Blocks[0].Origin = hcl.Range{Filename: "blueprint.yaml", Start: hcl.Pos{Line: 7}}
	x, y, z := p.Print(first), p.Print(second), p.Print(make("b"))
	if &x[0] != &y[0] {
		t.Error("an equal document was printed anew")
	}
	if string(x) == string(z) {
		t.Error("a different document was taken for the first")
	}
}

func TestPrintsConcurrently(t *testing.T) {
	t.Parallel()
	p := new(Printer)
	want := string(new(Printer).Print(realistic()))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				if got := string(p.Print(realistic())); got != want {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	group.Wait()
}
