// Command sdks writes the SDKs of a schema for Python, Go and Node, as `pulumi package add` would.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

var errNone = errors.New("the schema refers to no other package")

// none stands for the other packages that a schema may refer to.
type none struct{}

func (none) LoadPackage(string, *semver.Version) (*schema.Package, error) { return nil, errNone }

func (none) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errNone
}

func (none) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errNone
}

func (none) LoadPackageReferenceV2(
	context.Context, *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return nil, errNone
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: sdks SCHEMA FOLDER")
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	languages := map[string]func(*schema.Package) (map[string][]byte, error){
		"go": func(pkg *schema.Package) (map[string][]byte, error) {
			return golang.GeneratePackage("sdks", pkg, nil)
		},
		"nodejs": func(pkg *schema.Package) (map[string][]byte, error) {
			return nodejs.GeneratePackage("sdks", pkg, nil, nil, false, none{})
		},
		"python": func(pkg *schema.Package) (map[string][]byte, error) {
			return python.GeneratePackage("sdks", pkg, nil, none{})
		},
	}
	for language, generate := range languages {
		var spec schema.PackageSpec
		if err := json.Unmarshal(text, &spec); err != nil {
			log.Fatal(err)
		}
		pkg, diagnostics, err := schema.BindSpec(spec, none{}, schema.ValidationOptions{})
		if err != nil {
			log.Fatal(err)
		}
		if len(diagnostics) > 0 {
			log.Print(diagnostics.Error())
		}
		if diagnostics.HasErrors() {
			os.Exit(1)
		}
		files, err := generate(pkg)
		if err != nil {
			log.Fatal(err)
		}
		for path, content := range files {
			file := filepath.Join(os.Args[2], language, path)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				log.Fatal(err)
			}
			if err := os.WriteFile(file, content, 0o644); err != nil {
				log.Fatal(err)
			}
		}
	}
}
