// Seed prints the articles that a fresh catalogue begins with.
package main

import (
	"fmt"

	"example.com/shop/catalogue/v2/internal/pages"
)

func main() {
	for _, article := range pages.Articles {
		fmt.Println(article)
	}
}
